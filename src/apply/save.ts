import { existsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { atomicWriteFileSync } from "resource-context";
import { ConfigError, toError } from "../errors.js";

/** Writes a file that the user asked for, a report or a baseline: whole or not at all. */
export function saveText(path: string, text: string): void {
  try {
    atomicWriteFileSync(path, text);
  } catch (thrown) {
    throw new ConfigError(`${path} cannot be written: ${reasonOf(path, thrown)}`);
  }
}

function reasonOf(path: string, thrown: unknown): string {
  const folder = dirname(path);
  if (!existsSync(folder))
    return `there is no folder ${folder}.\nMake it, or name a file in one that is there.`;
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true)
    return `it is a folder.\nName a file in it.`;
  return toError(thrown).message;
}
