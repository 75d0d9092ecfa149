import * as fs from "node:fs";
import { codeOf } from "./errors.js";

type Done<T> = (error: NodeJS.ErrnoException | null, value: T) => void;

/** A promise for one callback-style call. Cheaper than `fs.promises`, which makes a FileHandle per file. */
export function once<T>(start: (done: Done<T>) => void): Promise<T> {
  return new Promise((resolve, reject) => start((error, value) => (error ? reject(error) : resolve(value))));
}

/** @see once, for calls that have no result. */
export function run(start: (done: (error: NodeJS.ErrnoException | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => start((error) => (error ? reject(error) : resolve())));
}

/** `undefined` when there is nothing at `path`. */
export async function lstatIfAny(path: string): Promise<fs.Stats | undefined> {
  try {
    return await once<fs.Stats>((done) => fs.lstat(path, done));
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}
