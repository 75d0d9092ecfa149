import { inspect } from "node:util"; // colours
import { atomicWriteFile } from "resource-context";

import { settingsPath } from "./paths.js";
import type { Settings } from "./paths.js";

export async function save(settings: Settings): Promise<void> {
  await atomicWriteFile(settingsPath, inspect(settings));
}
