import * as fs from "node:fs";
import * as path from "node:path";
import { codeOf } from "../../atomic-write/errors.js";
import { tempName } from "../../atomic-write/name.js";
import { removeQuietly, shared } from "../../atomic-write/shared.js";
import { read } from "../../duck.js";
import { isGone, parse, readHolder, thisHolder, type Holder } from "./holder.js";
import { lockDescriptor } from "./tool.js";

/**
 * For file systems on which a socket does not tell whether its process lives, such as those of a network: a small file
 * that says who holds the lock. Where `flock` can be had, the kernel says whether that still is so; elsewhere the file
 * itself is the lock, and one that belongs to a dead process is taken over. It is removed on release. Calls are
 * synchronous, because what lies between two of them is the time in which others may come in between.
 */
export interface HeldFile {
  /** Whether the lock file still is the one we locked: somebody may have removed it by hand. */
  isIntact(): boolean;
  release(): void;
}

export type FileAnswer = HeldFile | "busy";

export interface FileRequest {
  readonly lockFile: string;
  /** Whether we have the gate, and so no living process that shares our network namespace can hold the file. */
  readonly hasGate: boolean;
  readonly mode: number;
}

/** What the file says. */
interface Note {
  readonly holder: Holder;
  /** `kernel`: the process has locked the file itself. */
  readonly by: "kernel" | "file";
  /** Whether it had the gate of its network namespace. */
  readonly hasGate: boolean;
}

/** An open lock file. */
interface Opened {
  readonly fd: number;
  readonly request: FileRequest;
}

/** Notes are written in one call and over the one before. */
const NOTE_LENGTH = 512;

/** Tries to get the lock file, without waiting. */
export async function tryLockFile(request: FileRequest): Promise<FileAnswer> {
  const published = publish(request);
  if (published !== undefined) return lockOwn({ fd: published, request });
  const fd = openExisting(request.lockFile);
  return fd === undefined ? "busy" : closeUnlessHeld(fd, () => lockOther({ fd, request }));
}

/** Who holds it, as far as the file says; `undefined` without a file or when it says nothing. */
export function holderIn(lockFile: string): Holder | undefined {
  try {
    return readNote(fs.readFileSync(lockFile, "utf8"))?.holder;
  } catch {
    return undefined; // gone, or not ours to read
  }
}

/** Whether there is a lock file at all. */
export function hasLockFile(lockFile: string): boolean {
  return fs.lstatSync(lockFile, { throwIfNoEntry: false }) !== undefined;
}

/** Puts a complete file of ours in place if none is there, and answers its descriptor. */
function publish(request: FileRequest): number | undefined {
  if (hasLockFile(request.lockFile)) return undefined;
  const temp = path.join(path.dirname(request.lockFile), tempName(path.basename(request.lockFile)));
  shared().pending.add(temp);
  const { O_CREAT, O_EXCL, O_RDWR } = fs.constants;
  const fd = fs.openSync(temp, O_CREAT | O_EXCL | O_RDWR, request.mode);
  try {
    writeNote(fd, { by: "file", hasGate: request.hasGate });
    if (linkIfFree(temp, request.lockFile)) return fd;
  } catch (error) {
    fs.closeSync(fd);
    throw error;
  } finally {
    removeQuietly(temp);
    shared().pending.delete(temp);
  }
  fs.closeSync(fd);
  return undefined;
}

function linkIfFree(temp: string, lockFile: string): boolean {
  try {
    fs.linkSync(temp, lockFile);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    if (!["EPERM", "ENOSYS", "ENOTSUP", "EOPNOTSUPP"].includes(codeOf(error) ?? "")) throw error;
  }
  // No hard links here (FAT, some FUSE): a rename would replace what is there, so look once more right before.
  if (hasLockFile(lockFile)) return false;
  fs.renameSync(temp, lockFile);
  return true;
}

function openExisting(lockFile: string): number | undefined {
  try {
    // A link planted under this name is not followed, and nothing is created.
    return fs.openSync(lockFile, fs.constants.O_RDWR | (fs.constants.O_NOFOLLOW ?? 0));
  } catch (error) {
    // ENXIO: a socket, of a process to which this file system looks like a local one.
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ENXIO") return undefined;
    throw error;
  }
}

/** The file came to be by our doing, so it is ours; the kernel's lock makes that known to those who ask the kernel. */
async function lockOwn(opened: Opened): Promise<FileAnswer> {
  const { fd, request } = opened;
  const answer = await lockDescriptor(fd);
  if (answer === "unable") return hold(opened);
  if (answer === "locked") {
    writeNote(fd, { by: "kernel", hasGate: request.hasGate });
    return hold(opened);
  }
  // Another one opened it between our two steps. It will read that we live and let go, so we take ours back and retry.
  if (isAt(fd, request.lockFile)) removeQuietly(request.lockFile);
  fs.closeSync(fd);
  return "busy";
}

async function lockOther(opened: Opened): Promise<FileAnswer> {
  const { fd, request } = opened;
  const answer = await lockDescriptor(fd);
  const note = readNote(contentOf(fd));
  if (answer === "busy") return "busy";
  // The one before us has removed the file, and somebody may have made a new one.
  if (!isAt(fd, request.lockFile)) return "busy";
  if (answer === "unable") return takeOver(opened, note);
  if (note?.by === "file" && !isLeft(note, request)) return "busy";
  writeNote(fd, { by: "kernel", hasGate: request.hasGate });
  // Asked again: one that cannot ask the kernel may have moved the file away before it said our name.
  return isAt(fd, request.lockFile) ? hold(opened) : "busy";
}

/** Moves the file of a dead process away; the next attempt finds the place free. */
function takeOver({ fd, request }: Opened, note: Note | undefined): FileAnswer {
  if (note === undefined || !isLeft(note, request)) return "busy";
  const away = path.join(path.dirname(request.lockFile), tempName(path.basename(request.lockFile)));
  fs.renameSync(request.lockFile, away);
  // Somebody was faster, and this is the file of a living one.
  const isSame = isAt(fd, away) && isLeft(readNote(contentOf(fd)) ?? note, request);
  if (!isSame) linkIfFree(away, request.lockFile);
  removeQuietly(away);
  return "busy";
}

/** Whether the holder certainly is no more. */
function isLeft({ holder, hasGate }: Note, request: FileRequest): boolean {
  const me = thisHolder();
  const isNeighbour = holder.boot === me.boot && holder.network === me.network && holder.network !== "";
  return (hasGate && request.hasGate && isNeighbour) || isGone(holder);
}

function hold({ fd, request }: Opened): HeldFile {
  const { lockFile } = request;
  shared().pending.add(lockFile);
  const isIntact = (): boolean => isAt(fd, lockFile);
  const release = (): void => {
    // While it is still locked: whoever waits for this file finds out that it is no longer the one.
    if (isIntact()) removeQuietly(lockFile);
    shared().pending.delete(lockFile);
    fs.closeSync(fd);
  };
  return { isIntact, release };
}

function isAt(fd: number, place: string): boolean {
  const there = fs.lstatSync(place, { bigint: true, throwIfNoEntry: false });
  const here = fs.fstatSync(fd, { bigint: true });
  return there?.ino === here.ino && there.dev === here.dev;
}

async function closeUnlessHeld(fd: number, attempt: () => Promise<FileAnswer>): Promise<FileAnswer> {
  let isHeld = false;
  try {
    const answer = await attempt();
    isHeld = answer !== "busy";
    return answer;
  } finally {
    if (!isHeld) fs.closeSync(fd);
  }
}

function writeNote(fd: number, note: Omit<Note, "holder">): void {
  const text = JSON.stringify({ ...thisHolder(), ...note });
  fs.writeSync(fd, Buffer.from(text.padEnd(NOTE_LENGTH - 1) + "\n"), 0, undefined, 0);
}

function contentOf(fd: number): string {
  const content = Buffer.alloc(2 * NOTE_LENGTH);
  return content.toString("utf8", 0, fs.readSync(fd, content, 0, content.byteLength, 0));
}

function readNote(text: string): Note | undefined {
  const holder = readHolder(text);
  const value = parse(text);
  if (holder === undefined) return undefined;
  return {
    holder,
    by: read(value, "by") === "kernel" ? "kernel" : "file",
    hasGate: read(value, "hasGate") === true,
  };
}
