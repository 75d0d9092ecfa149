import * as fs from "node:fs";
import { change, changesFor } from "./attributes.js";
import { lstatIfAny, once, run } from "./calls.js";
import { collect, writePayload } from "./data.js";
import { flushDirectory, flushFile } from "./durable.js";
import { aboutTarget, isOutOfDescriptors, isStorageError, shortWrite, throwIfAborted } from "./errors.js";
import { writeInPlace } from "./in-place.js";
import { writeNatively } from "./native.js";
import { enter, forget, inTurn, isSuperseded, leave, markCommitted, takeNumber, type Turn } from "./order.js";
import type { Request } from "./request.js";
import { whenDescriptorsAllow, whenUnlocked } from "./retry.js";
import { shared } from "./shared.js";
import { sweep } from "./sweep.js";
import { findTarget, type ReplaceTarget, type Target } from "./target.js";
import { discard, openTemp, type Temp } from "./temp.js";

/** The whole of an asynchronous write, from a call that was understood to a file that is replaced. */
export async function write(request: Request): Promise<void> {
  throwIfAborted(request.settings.signal);
  const number = takeNumber();
  const target = await targetOf(request);
  if (target.how === "native") {
    forget(number);
    return writeNatively(request, request.payload);
  }
  const turn = enter(number, target.key);
  try {
    if (target.how === "overwrite") await overwriteInTurn(request, turn);
    else await replace(request, target, turn);
  } finally {
    leave(turn);
  }
}

/** A path that cannot be looked at (no such directory, no permission) is for `fs` to complain about. */
async function targetOf(request: Request): Promise<Target> {
  try {
    return await findTarget(request.path);
  } catch {
    return { how: "native" };
  }
}

async function replace(request: Request, target: ReplaceTarget, turn: Turn): Promise<void> {
  const temp = await tryOpenTemp(request, target);
  if (!temp) return overwriteInTurn(request, turn);
  try {
    await fill(temp, request, target);
    await inTurn(turn.lane, () => commit({ temp, request, target, turn }));
    if (request.settings.durability === "full") await flushDirectory(target.directory);
  } catch (error) {
    throw aboutTarget(error, request.asked);
  } finally {
    await discard(temp.path);
  }
  void sweep(target.directory);
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
    if (request.settings.durability !== "none") await flushFile(temp.fd);
    isOpen = false;
    // Network file systems report here what they could not store.
    await run((done) => fs.close(temp.fd, done));
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

async function commit({ temp, request, target, turn }: Commit): Promise<void> {
  throwIfAborted(request.settings.signal);
  if (isSuperseded(turn)) return;
  // Set before anything is awaited: a synchronous write that comes from here on takes the temp away.
  turn.lane.renaming = temp.path;
  try {
    if (turn.lane.committed > 0) await keepAttributes(temp.path, target.path);
    await whenUnlocked(() => run((done) => fs.rename(temp.path, target.path, done)));
    shared().pending.delete(temp.path);
    markCommitted(turn);
  } catch (error) {
    if (isSuperseded(turn)) return;
    if (isStorageError(error)) throw error;
    await overwriteAndMark(request, await payloadAgain(request, temp), turn);
  } finally {
    turn.lane.renaming = undefined;
  }
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
async function overwriteInTurn(request: Request, turn: Turn): Promise<void> {
  const bytes = await collect(request.payload, request.settings);
  await inTurn(turn.lane, () => overwriteAndMark(request, bytes, turn));
}

async function overwriteAndMark(request: Request, bytes: Uint8Array, turn: Turn): Promise<void> {
  await whenDescriptorsAllow(async () => {
    throwIfAborted(request.settings.signal);
    // Asked again each time: a synchronous write may have come between two attempts.
    if (isSuperseded(turn)) return;
    writeInPlace(request, bytes);
    markCommitted(turn);
  });
}
