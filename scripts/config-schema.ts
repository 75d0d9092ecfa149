/**
 * Writes schema.json, the JSON schema of a configuration, from the table of flags and the lists that the command
 * itself reads. `--check` compares instead of writing.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { format } from "prettier";
import { configSchema } from "../test/support/config-schema.js";

const file = "schema.json";
const text = await format(JSON.stringify(configSchema()), { parser: "json", printWidth: 110 });
if (!process.argv.includes("--check")) writeFileSync(file, text);
else if (readFileSync(file, "utf8") !== text) {
  console.error(`${file} is not what the flags say. Run: npx tsx scripts/config-schema.ts`);
  process.exitCode = 1;
}
