import { randomBytes } from "node:crypto";
import { renameSync, rmSync, writeFileSync } from "node:fs";
import { ConfigError, toError } from "../errors.js";

/** Writes a file that the user asked for, a report or a baseline: whole or not at all. */
export function saveText(path: string, text: string): void {
  const fresh = `${path}.${randomBytes(6).toString("hex")}.new`;
  try {
    writeFileSync(fresh, text, { flag: "wx" });
    renameSync(fresh, path);
  } catch (thrown) {
    throw new ConfigError(`${path} cannot be written: ${toError(thrown).message}`);
  } finally {
    rmSync(fresh, { force: true });
  }
}
