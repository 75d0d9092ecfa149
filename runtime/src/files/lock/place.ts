import * as crypto from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { codeOf } from "../../atomic-write/errors.js";

/** Linux follows 40 links before it says ELOOP. */
const MOST_LINKS = 40;
/** Short enough for the address of a socket, and for a file system. */
const LONGEST_NAME = 60;

/** What a path means for locking: every path that leads to one file has the same place. */
export interface Place {
  /** The file itself, behind all links; it need not exist. */
  readonly file: string;
  /** Next to it, the file that carries the lock. The file itself cannot: an atomic write gives it a new inode. */
  readonly lockFile: string;
  /** Directory inode and name, hashed: the same in every mount of the file system. */
  readonly key: string;
}

/** Follows links, also one that dangles: it says where the file is to be. */
export async function findPlace(asked: string): Promise<Place> {
  let place = path.resolve(asked);
  for (let links = 0; links < MOST_LINKS; links++) {
    const directory = await fs.promises.realpath(path.dirname(place));
    const link = await readLink(place);
    if (link === undefined) return placeIn(directory, path.basename(place));
    place = path.resolve(directory, link);
  }
  throw Object.assign(new Error("ELOOP: too many symbolic links"), { code: "ELOOP", path: asked });
}

async function placeIn(directory: string, name: string): Promise<Place> {
  const { dev, ino } = await fs.promises.stat(directory, { bigint: true });
  const key = crypto.createHash("sha256").update(`${dev}:${ino}/${name}`).digest("base64url");
  return { file: path.join(directory, name), lockFile: path.join(directory, lockName(name, key)), key };
}

function lockName(name: string, key: string): string {
  const plain = `.~${name}.lock`;
  return Buffer.byteLength(plain) <= LONGEST_NAME ? plain : `.~${key}.lock`;
}

async function readLink(place: string): Promise<string | undefined> {
  try {
    return await fs.promises.readlink(place);
  } catch (error) {
    const code = codeOf(error);
    // Not a link, or nothing there yet. Windows says UNKNOWN for a file that is no link.
    if (code === "EINVAL" || code === "ENOENT" || code === "UNKNOWN") return undefined;
    throw error;
  }
}
