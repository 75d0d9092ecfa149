import * as fs from "node:fs";
import { CleanupError, type CleanupFailure } from "./errors.js";
import { log, settings } from "./settings.js";

/** Says what could not be released, without getting in the way of anybody's error. */
export function report(failures: readonly CleanupFailure[]): void {
  if (failures.length === 0) return;
  const error = new CleanupError(failures);
  if (settings().logger === null) process.emitWarning(error);
  else log("warn", { error, kinds: error.kinds }, error.message);
}

/** The same inside the `exit` event, in which warnings are no longer printed. */
export function reportAtExit(failures: readonly CleanupFailure[]): void {
  if (failures.length === 0) return;
  const { name, message } = new CleanupError(failures);
  try {
    fs.writeSync(2, `(node:${process.pid}) ${name}: ${message}\n`);
  } catch {
    return; // Nobody reads our error output any more, and there is nowhere else to say it.
  }
}
