import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { ConfigError, toError } from "../errors.js";

/** Writes a file that is not there yet, with the folders above it; one that has come in between is not touched. */
export function createText(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { flag: "wx" });
  } catch (thrown) {
    throw new ConfigError(`${path} cannot be created: ${toError(thrown).message}`);
  }
}
