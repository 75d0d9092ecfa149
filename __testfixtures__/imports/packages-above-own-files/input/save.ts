import { writeFile } from "node:fs/promises";
import { inspect } from "node:util"; // colours

import { settingsPath } from "./paths.js";
import type { Settings } from "./paths.js";

export async function save(settings: Settings): Promise<void> {
  await writeFile(settingsPath, inspect(settings));
}
