import * as fs from "node:fs";
import { change, changesFor } from "./attributes.js";
import { makeBackup } from "./backup.js";
import { lstatIfAny, once, run } from "./calls.js";
import { copyAttributes } from "./copy-attributes.js";
import { collect, writePayload } from "./data.js";
import { flushDirectory, flushFile } from "./durable.js";
import { aboutTarget, isOutOfDescriptors, isStorageError, shortWrite, throwIfAborted } from "./errors.js";
import { writeInPlace } from "./in-place.js";
import { writeNatively } from "./native.js";
import {
  enter,
  forget,
  inTurn,
  isSuperseded,
  leave,
  markCommitted,
  renewed,
  takeNumber,
  type Turn,
} from "./order.js";
import type { Request, Written } from "./request.js";
import { whenDescriptorsAllow, whenUnlocked } from "./retry.js";
import { removeQuietly, shared } from "./shared.js";
import { sweep } from "./sweep.js";
import { findTarget, type ReplaceTarget, type Target } from "./target.js";
import { discard, openTemp, type Temp } from "./temp.js";

/** The whole of an asynchronous write, from a call that was understood to a file that is replaced. */
export async function write(request: Request): Promise<Written> {
  throwIfAborted(request.settings.signal);
  const number = takeNumber();
  const target = await targetOf(request);
  if (target.how === "native") {
    forget(number);
    await writeNatively(request, request.payload);
    return IN_PLACE;
  }
  const turn = enter(number, target.key);
  try {
    if (target.how === "overwrite") return await overwriteInTurn(request, turn);
    return await replace(request, target, turn);
  } finally {
    leave(turn);
  }
}

const IN_PLACE: Written = { how: "in place", backup: undefined };
const SUPERSEDED: Written = { how: "superseded", backup: undefined };

/** A path that cannot be looked at (no such directory, no permission) is for `fs` to complain about. */
async function targetOf(request: Request): Promise<Target> {
  try {
    return await findTarget(request.path, request.wishes.breaksLinks);
  } catch {
    return { how: "native" };
  }
}

async function replace(request: Request, target: ReplaceTarget, turn: Turn): Promise<Written> {
  const temp = await tryOpenTemp(request, target);
  if (!temp) return overwriteInTurn(request, turn);
  let written: Written;
  try {
    if (!(await looksLike(temp, request, target))) return await overwriteInTurn(request, turn);
    await fill(temp, request, target);
    written = await inTurn(turn.lane, () => commit({ temp, request, target, turn }));
    if (request.settings.durability === "full") await flushDirectory(target.directory);
  } catch (error) {
    throw aboutTarget(error, request.asked);
  } finally {
    await discard(temp.path);
  }
  void sweep(target.directory);
  return written;
}

/** `false` when the new file would lack something that the caller wants kept; then the old one has to stay. */
async function looksLike(temp: Temp, { wishes }: Request, { old, path }: ReplaceTarget): Promise<boolean> {
  if (!wishes.copiesAttributes || !old || (await copyAttributes(path, temp.path))) return true;
  await run((done) => fs.close(temp.fd, done));
  return false;
}

/** `undefined` where this directory takes no new files: read-only, not ours, a path too long for a temp. */
async function tryOpenTemp(request: Request, target: ReplaceTarget): Promise<Temp | undefined> {
  try {
    return await openTemp(target, request.settings.mode);
  } catch (error) {
    if (isStorageError(error) || isOutOfDescriptors(error)) throw aboutTarget(error, request.asked);
    return undefined;
  }
}

async function fill(temp: Temp, request: Request, target: ReplaceTarget): Promise<void> {
  let isOpen = true;
  try {
    const written = await writePayload(temp.fd, request.payload, request.settings);
    const entry = await once<fs.Stats>((done) => fs.fstat(temp.fd, done));
    if (entry.size !== written) throw shortWrite(written, entry.size);
    await change(temp.fd, changesFor(entry, target.old));
    const isFlushed = request.settings.durability !== "none";
    if (isFlushed) await flushFile(temp.fd);
    isOpen = false;
    // Network file systems report here what they could not store; after a flush there is nothing left to wait for.
    if (isFlushed) fs.closeSync(temp.fd);
    else await run((done) => fs.close(temp.fd, done));
  } finally {
    if (isOpen) await new Promise<void>((resolve) => fs.close(temp.fd, () => resolve()));
  }
}

interface Commit {
  readonly temp: Temp;
  readonly request: Request;
  readonly target: ReplaceTarget;
  readonly turn: Turn;
}

async function commit({ temp, request, target, turn: asked }: Commit): Promise<Written> {
  throwIfAborted(request.settings.signal);
  const turn = request.wishes.ordersByEnd ? renewed(asked) : asked;
  if (isSuperseded(turn)) return SUPERSEDED;
  const backup = await backupOf(request, target.path);
  // Set before anything is awaited: a synchronous write that comes from here on takes the temp away.
  turn.lane.renaming = temp.path;
  try {
    if (turn.lane.committed > 0) await keepAttributes(temp.path, target.path);
    await whenUnlocked(() => run((done) => fs.rename(temp.path, target.path, done)));
    shared().pending.delete(temp.path);
    markCommitted(turn);
    return { how: "replaced", backup };
  } catch (error) {
    if (backup !== undefined) removeQuietly(backup);
    if (isSuperseded(turn)) return SUPERSEDED;
    if (isStorageError(error)) throw error;
    return await overwriteAndMark(request, await payloadAgain(request, temp), turn);
  } finally {
    turn.lane.renaming = undefined;
  }
}

function backupOf({ wishes, settings }: Request, file: string): Promise<string | undefined> {
  return wishes.keepsBackup ? makeBackup(file, settings.durability) : Promise.resolve(undefined);
}

/** Another call has created or changed the file since we looked: its mode and owner are the ones to keep. */
async function keepAttributes(temp: string, target: string): Promise<void> {
  const [ours, theirs] = await Promise.all([lstatIfAny(temp), lstatIfAny(target)]);
  if (ours && theirs?.isFile()) await change(temp, changesFor(ours, theirs));
}

/** A source can be read once, but the temp has all that came out of it. */
async function payloadAgain({ payload }: Request, temp: Temp): Promise<Uint8Array> {
  return payload instanceof Uint8Array ? payload : fs.promises.readFile(temp.path);
}

/** A source is read to its end before the file is touched: it may fail, or read or write this very file. */
async function overwriteInTurn(request: Request, turn: Turn): Promise<Written> {
  const bytes = await collect(request.payload, request.settings);
  const { ordersByEnd } = request.wishes;
  return inTurn(turn.lane, () => overwriteAndMark(request, bytes, ordersByEnd ? renewed(turn) : turn));
}

async function overwriteAndMark(request: Request, bytes: Uint8Array, turn: Turn): Promise<Written> {
  const backup = await backupOf(request, request.path);
  let isWritten = false;
  try {
    await whenDescriptorsAllow(async () => {
      throwIfAborted(request.settings.signal);
      // Asked again each time: a synchronous write may have come between two attempts.
      if (isSuperseded(turn)) return;
      writeInPlace(request, bytes);
      markCommitted(turn);
      isWritten = true;
    });
  } finally {
    if (!isWritten && backup !== undefined) removeQuietly(backup);
  }
  return isWritten ? { how: "in place", backup } : SUPERSEDED;
}
