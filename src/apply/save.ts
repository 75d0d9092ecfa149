import { atomicWriteFileSync } from "resource-context";
import { ConfigError, toError } from "../errors.js";

/** Writes a file that the user asked for, a report or a baseline: whole or not at all. */
export function saveText(path: string, text: string): void {
  try {
    atomicWriteFileSync(path, text);
  } catch (thrown) {
    throw new ConfigError(`${path} cannot be written: ${toError(thrown).message}`);
  }
}
