import * as fs from "node:fs";
import * as path from "node:path";
import { once } from "./calls.js";
import { isDead, thisProcess } from "./identity.js";
import { removeQuietly, shared } from "./shared.js";
import { ownerOf } from "./name.js";

/** A writer in another container or on another host cannot be asked, so its temp must be this old. */
const FOREIGN_AGE_MS = 24 * 60 * 60 * 1000;

/** Removes temps that dead writers left in `directory`. Looks once per directory and process. */
export async function sweep(directory: string): Promise<void> {
  if (!isFirstVisit(directory)) return;
  try {
    const names = await once<string[]>((done) => fs.readdir(directory, done));
    removeAbandoned(directory, names);
  } catch {
    // Unreadable or already removed: litter is no reason to fail a write that has succeeded.
  }
}

/** @see sweep */
export function sweepSync(directory: string): void {
  if (!isFirstVisit(directory)) return;
  try {
    removeAbandoned(directory, fs.readdirSync(directory));
  } catch {
    // As above.
  }
}

function isFirstVisit(directory: string): boolean {
  const { swept } = shared();
  return swept.size !== swept.add(directory).size;
}

function removeAbandoned(directory: string, names: readonly string[]): void {
  for (const name of names) {
    const place = directory + path.sep + name;
    if (isAbandoned(name, place)) removeQuietly(place);
  }
}

function isAbandoned(name: string, place: string): boolean {
  const owner = ownerOf(name);
  if (!owner) return false;
  const entry = fs.lstatSync(place, { throwIfNoEntry: false });
  // The temp of a lock is a socket.
  if (!entry?.isFile() && !entry?.isSocket()) return false;
  if (owner.realm !== thisProcess().realm) return Date.now() - entry.mtimeMs > FOREIGN_AGE_MS;
  return isDead(owner);
}
