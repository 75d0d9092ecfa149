import { randomBytes } from "node:crypto";
import { renameSync, rmSync, writeFileSync } from "node:fs";
import { ConfigError, toError } from "../errors.js";

/** Writes a report that goes to a file: whole or not at all. */
export function saveReport(path: string, text: string): void {
  const fresh = `${path}.${randomBytes(6).toString("hex")}.new`;
  try {
    writeFileSync(fresh, text, { flag: "wx" });
    renameSync(fresh, path);
  } catch (thrown) {
    throw new ConfigError(`The report cannot be written to ${path}: ${toError(thrown).message}`);
  } finally {
    rmSync(fresh, { force: true });
  }
}
