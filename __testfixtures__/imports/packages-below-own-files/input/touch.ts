import { settingsPath } from "./paths.js";
import { readFile, writeFile } from "node:fs/promises";

export async function touch(): Promise<void> {
  await writeFile(settingsPath, await readFile(settingsPath, "utf8"));
}
