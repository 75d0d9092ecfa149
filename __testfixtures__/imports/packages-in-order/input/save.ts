import { writeFile } from "node:fs/promises";
import picomatch from "picomatch";
import { valid } from "semver";

import { reportsFolder } from "./folders.js";

export async function saveVersion(before: string, now: string): Promise<void> {
  const change = picomatch.isMatch(now, before) ? before : valid(now);
  await writeFile(`${reportsFolder}/version.patch`, String(change));
}
