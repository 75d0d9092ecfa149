import { settingsPath } from "./paths.js";
import { readFile } from "node:fs/promises";
import { atomicWriteFile } from "resource-context";

export async function touch(): Promise<void> {
  await atomicWriteFile(settingsPath, await readFile(settingsPath, "utf8"));
}
