import { settingsPath } from "./paths.js";
import { readFile } from "node:fs/promises";
import { toJson } from "./json.js";
import { atomicWriteFile } from "resource-context";

export async function touch(): Promise<void> {
  const text = await readFile(settingsPath, "utf8");
  await atomicWriteFile(settingsPath, toJson(text));
}
