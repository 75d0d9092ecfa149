import * as fs from "node:fs";
import * as path from "node:path";
import { lstatIfAny, once } from "./calls.js";

/** Linux follows 40 links before it says ELOOP. */
const MOST_LINKS = 40;

/** What a path leads to, and so how it may be written. */
export type Target = NativeTarget | OverwriteTarget | ReplaceTarget;

/** A device, a pipe, a directory, nothing we understand: `fs` does it, or words the error. */
interface NativeTarget {
  readonly how: "native";
}

/** A regular file whose inode must stay: it has other names, or an owner that a new file could not get. */
interface OverwriteTarget {
  readonly how: "overwrite";
  readonly key: string;
}

/** A regular file, or none yet: a finished temp may be renamed over it. */
export interface ReplaceTarget {
  readonly how: "replace";
  readonly path: string;
  readonly directory: string;
  readonly old: fs.Stats | undefined;
  /** The same for every path that leads to this file: the directory's inode and the name in it. */
  readonly key: string;
}

const NATIVE: NativeTarget = { how: "native" };

/** Follows links by hand, because the last one may dangle and still says where the file is to be. */
export async function findTarget(asked: string, breaksLinks: boolean): Promise<Target> {
  let place = asked;
  for (let links = 0; links <= MOST_LINKS && isOrdinary(place); links++) {
    const home = path.dirname(place);
    const [entry, directory] = await Promise.all([lstatIfAny(place), statDirectory(home)]);
    if (!entry?.isSymbolicLink())
      return judge(place, breaksLinks ? single(entry) : entry, laneKey(directory, place));
    const link = await once<string>((done) => fs.readlink(place, done));
    place = linkTarget(home, link);
  }
  return NATIVE;
}

/** @see findTarget. The key costs a system call and matters only while asynchronous writes are under way. */
export function findTargetSync(asked: string, needsKey: boolean): Target {
  let place = asked;
  for (let links = 0; links <= MOST_LINKS && isOrdinary(place); links++) {
    const home = path.dirname(place);
    const entry = fs.lstatSync(place, { throwIfNoEntry: false });
    if (!entry?.isSymbolicLink()) {
      return judge(place, entry, needsKey ? laneKey(fs.statSync(home, { bigint: true }), place) : "");
    }
    place = linkTarget(home, fs.readlinkSync(place));
  }
  return NATIVE;
}

/** The name of the lane in which writes to one file take turns. */
function laneKey(directory: fs.BigIntStats, place: string): string {
  return `${directory.dev}:${directory.ino}/${path.basename(place)}`;
}

function statDirectory(directory: string): Promise<fs.BigIntStats> {
  return once<fs.BigIntStats>((done) => fs.stat(directory, { bigint: true }, done));
}

function judge(place: string, entry: fs.Stats | undefined, key: string): Target {
  if (entry && !entry.isFile()) return NATIVE;
  if (entry && (entry.nlink > 1 || !mayWrite(entry) || !mayGiveAway(entry))) return { how: "overwrite", key };
  return { how: "replace", path: place, directory: path.dirname(place), old: entry, key };
}

/** As if the file had no other names. */
function single(entry: fs.Stats | undefined): fs.Stats | undefined {
  return entry?.isFile() ? Object.assign(entry, { nlink: 1 }) : entry;
}

function linkTarget(home: string, link: string): string {
  return path.isAbsolute(link) ? link : home + path.sep + link;
}

/** Links below /proc and /dev mean an open file, not a name: `/dev/stdout` must not be replaced. */
function isOrdinary(place: string): boolean {
  if (place.includes("\uFFFD") || place.endsWith("/") || place.endsWith(path.sep)) return false;
  if (process.platform === "win32") return !/^[\\/]{2}\.[\\/]/.test(place);
  return !/^\/(?:proc|sys|dev(?!\/shm\/))\//.test(place);
}

/** A new file belongs to us: only root can give it to the owner of the old one, and a member to its group. */
function mayGiveAway(entry: fs.Stats): boolean {
  const user = process.geteuid?.();
  if (user === 0 || user === undefined) return true;
  return entry.uid === user && isOurGroup(entry);
}

function isOurGroup({ gid }: fs.Stats): boolean {
  return gid === process.getegid?.() || process.getgroups?.().includes(gid) === true;
}

/** A rename asks the directory only, so a read-only file would be replaced where `fs` says EACCES. */
function mayWrite(entry: fs.Stats): boolean {
  const user = process.geteuid?.();
  if (user === 0) return true;
  if (user === undefined || entry.uid === user) return (entry.mode & 0o200) !== 0;
  return (entry.mode & (isOurGroup(entry) ? 0o020 : 0o002)) !== 0;
}
