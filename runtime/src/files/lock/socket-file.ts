import * as fs from "node:fs";
import * as path from "node:path";
import { codeOf } from "../../atomic-write/errors.js";
import { tempName } from "../../atomic-write/name.js";
import { removeQuietly, shared } from "../../atomic-write/shared.js";
import { methodOf, read } from "../../duck.js";
import { tryGate } from "./gate.js";
import type { Holder } from "./holder.js";
import { pause, type Limits } from "./limits.js";
import type { Place } from "./place.js";
import { isBusy, isRefused, listenAt, visit, type Listener } from "./socket.js";
import { lockDescriptor } from "./tool.js";

/**
 * A socket with a name in the file system, which containers that share the directory see as well. It listens before it
 * gets the name of the lock, and loses that name before it stops listening: so nobody listens there only when the
 * holder has died.
 */
export interface SocketFile {
  isIntact(): boolean;
  release(): void;
}

/** `sun_path` without the NUL at its end; macOS has four bytes less. */
const LONGEST_PATH = process.platform === "darwin" ? 103 : 107;

/** Whether several kernels could see this directory: a socket answers only to processes on its own. */
export function isLocal(directory: string): boolean {
  if (process.platform === "darwin") return true;
  // Node has it since 18.15.
  const asked = methodOf(fs, "statfsSync")?.(directory);
  return LOCAL.has(Number(read(asked, "type")));
}

/** ext4, xfs, btrfs, tmpfs, overlayfs, zfs, f2fs, ramfs. What we do not know may be a network. */
const LOCAL = new Set([
  0xef53, 0x58465342, 0x9123683e, 0x01021994, 0x794c7630, 0x2fc12fc1, 0xf2f52010, 0x858458f6,
]);

/** Tries to give a socket of ours the name of the lock; `unable` where this does not work at all. */
export async function trySocketFile({ lockFile }: Place): Promise<SocketFile | "busy" | "unable"> {
  if (fs.lstatSync(lockFile, { throwIfNoEntry: false })) return "busy";
  const temp = path.join(path.dirname(lockFile), tempName(path.basename(lockFile)));
  const listener = await withSocketName(temp, listenAt);
  if (listener === undefined) return "unable";
  if (typeof listener === "string") return isBusy(listener) ? "busy" : "unable";
  const outcome = named(temp, lockFile);
  removeQuietly(temp);
  if (outcome === "named") return hold(lockFile, listener);
  listener.close();
  return outcome;
}

/** Who holds it, though it does not answer: the pid is kept as the time of the file. */
export function silentHolder(lockFile: string): { readonly pid: number } | undefined {
  const entry = fs.lstatSync(lockFile, { throwIfNoEntry: false });
  return entry?.isSocket() ? { pid: Math.round(entry.mtimeMs / 1000) } : undefined;
}

/** Waits until the holder lets go or dies, and in that case makes room; says who it was, if it told. */
export async function waitForSocketFile(
  { lockFile, key }: Place,
  limits: Limits,
): Promise<Holder | undefined> {
  const entry = fs.lstatSync(lockFile, { throwIfNoEntry: false });
  if (entry === undefined) return undefined;
  if (entry.isSocket()) {
    const seen = await withSocketName(lockFile, (name) => visit(name, limits));
    const { outcome, holder } = seen ?? NOT_KNOWN;
    if (outcome === "refused") await makeRoom(lockFile, key);
    if (outcome === "left") return holder;
  }
  await pause(1 + Math.random() * 10, limits);
  return undefined;
}

const NOT_KNOWN = { outcome: "unknown", holder: undefined } as const;

/** The temp is complete: it listens and says whose it is. */
function named(temp: string, lockFile: string): "named" | "busy" | "unable" {
  try {
    fs.utimesSync(temp, process.pid, process.pid);
    fs.linkSync(temp, lockFile);
    return "named";
  } catch (error) {
    if (codeOf(error) === "EEXIST") return "busy";
    return "unable"; // no hard links, or none of sockets, on this file system
  }
}

function hold(lockFile: string, listener: Listener): SocketFile {
  const { ino, dev } = fs.lstatSync(lockFile, { bigint: true });
  shared().pending.add(lockFile);
  const isIntact = (): boolean => {
    const there = fs.lstatSync(lockFile, { bigint: true, throwIfNoEntry: false });
    return there?.ino === ino && there.dev === dev;
  };
  const release = (): void => {
    if (isIntact()) removeQuietly(lockFile);
    shared().pending.delete(lockFile);
    listener.close();
  };
  return { isIntact, release };
}

/**
 * Removes the socket of a dead holder. One at a time, or the second would remove the socket of the one that came after
 * the first: in our network namespace by the gate, and across them by a lock on the directory.
 */
async function makeRoom(lockFile: string, key: string): Promise<void> {
  const gate = await tryGate(key);
  if (gate === "busy") return;
  const directory = fs.openSync(path.dirname(lockFile), "r");
  try {
    if ((await lockDescriptor(directory)) === "busy") return;
    if ((await withSocketName(lockFile, isRefused)) === true) removeQuietly(lockFile);
  } finally {
    fs.closeSync(directory);
    if (gate !== "absent") gate.close();
  }
}

/** The name under which the kernel takes a path that is too long for an address; `undefined` where there is none. */
async function withSocketName<T>(place: string, use: (name: string) => Promise<T>): Promise<T | undefined> {
  if (Buffer.byteLength(place) <= LONGEST_PATH) return use(place);
  if (process.platform !== "linux") return undefined;
  const directory = fs.openSync(path.dirname(place), "r");
  try {
    return await use(`/proc/self/fd/${directory}/${path.basename(place)}`);
  } finally {
    fs.closeSync(directory);
  }
}
