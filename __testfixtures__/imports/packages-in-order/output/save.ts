import picomatch from "picomatch";
import { atomicWriteFile } from "resource-context";
import { valid } from "semver";

import { reportsFolder } from "./folders.js";

export async function saveVersion(before: string, now: string): Promise<void> {
  const change = picomatch.isMatch(now, before) ? before : valid(now);
  await atomicWriteFile(`${reportsFolder}/version.patch`, String(change));
}
