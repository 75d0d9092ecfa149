import { writeFile } from "node:fs/promises";
import { format } from "prettier";
import { theme } from "@acme/theme"; // colours

import { settingsPath } from "../paths.js";
import { toJson } from "./json.js";
import type { Settings } from "./settings.js";

export async function save(settings: Settings): Promise<void> {
  const text = await format(toJson({ ...settings, theme }), { parser: "json" });
  await writeFile(settingsPath, text);
}
