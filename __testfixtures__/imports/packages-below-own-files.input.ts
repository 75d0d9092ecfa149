import { settingsPath } from "./paths.js";
import { writeFile, readFile } from "node:fs/promises";
import { toJson } from "./json.js";

export async function touch(): Promise<void> {
  const text = await readFile(settingsPath, "utf8");
  await writeFile(settingsPath, toJson(text));
}
