import * as fs from "node:fs";
import * as path from "node:path";
import { onFirst, read } from "../duck.js";

/** A file that a stream began, and that nobody wants when not all of it was written. */
export interface PartialFile {
  /** Removes it; the stream must be closed before, for Windows lets nobody remove what is open. */
  remove(): Promise<void>;
  removeSync(): void;
  /** It is no longer ours. */
  letGo(): void;
}

/** What tells a file from another one that has come to its path. */
interface Identity {
  readonly dev: bigint;
  readonly ino: bigint;
}

/**
 * The file that a write stream is about to create; undefined when there is something at its path already, when it appends
 * or updates, and when it was opened before anybody could look.
 */
export function partialFileOf(stream: unknown): PartialFile | undefined {
  const place = placeOf(stream);
  if (place === undefined || !isAboutToCreate(stream) || exists(place)) return undefined;
  let identity: Identity | undefined;
  const unlisten = onFirst(stream, "open", (descriptor) => {
    identity = identityOf(descriptor);
  });
  const isOurs = (): boolean => identity !== undefined && isSame(place, identity);
  return {
    remove: async () => {
      if (isOurs()) await fs.promises.rm(place, { force: true, maxRetries: 3, retryDelay: 50 });
    },
    removeSync: () => {
      if (isOurs()) fs.rmSync(place, { force: true });
    },
    letGo: unlisten,
  };
}

/** Resolved now: the working directory may have changed when it is removed. */
function placeOf(stream: unknown): string | undefined {
  const given = read(stream, "path");
  const text = Buffer.isBuffer(given) ? given.toString() : given;
  return typeof text === "string" && text !== "" ? path.resolve(text) : undefined;
}

/** It creates what is missing, begins at the beginning, and has not been opened yet. */
function isAboutToCreate(stream: unknown): boolean {
  const flags = read(stream, "flags");
  return typeof flags === "string" && /^wx?\+?$/.test(flags) && read(stream, "pending") === true;
}

/** Also a link that leads nowhere; where one cannot look, something may be. */
function exists(place: string): boolean {
  try {
    fs.lstatSync(place);
    return true;
  } catch (error) {
    return read(error, "code") !== "ENOENT";
  }
}

function identityOf(descriptor: unknown): Identity | undefined {
  if (typeof descriptor !== "number") return undefined;
  try {
    const { dev, ino } = fs.fstatSync(descriptor, { bigint: true });
    return { dev, ino };
  } catch {
    return undefined;
  }
}

/** It is still the file that the stream made, and this is its only name. */
function isSame(place: string, { dev, ino }: Identity): boolean {
  try {
    const found = fs.lstatSync(place, { bigint: true });
    return found.isFile() && found.dev === dev && found.ino === ino && found.nlink === 1n;
  } catch {
    return false;
  }
}
