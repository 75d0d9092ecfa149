import * as fs from "node:fs";
import { changesFor, changeSync } from "./attributes.js";
import { writeBytesSync } from "./data.js";
import { flushDirectorySync, flushFileSync } from "./durable.js";
import { aboutTarget, isOutOfDescriptors, isStorageError, shortWrite } from "./errors.js";
import { writeInPlace } from "./in-place.js";
import { writeNativelySync } from "./native.js";
import { isBusy, markCommitted, overtake, type Turn } from "./order.js";
import type { Request } from "./request.js";
import { whenDescriptorsAllowSync, whenUnlockedSync } from "./retry.js";
import { shared } from "./shared.js";
import { sweepSync } from "./sweep.js";
import { findTargetSync, type ReplaceTarget, type Target } from "./target.js";
import { discardSync, openTempSync, type Temp } from "./temp.js";

/** A synchronous write. It is the newest call to its file, so it waits for nobody. */
export function writeSync(request: Request, bytes: Uint8Array): void {
  const isOrdered = isBusy();
  const target = targetOf(request, isOrdered);
  if (target.how === "native") return writeNativelySync(request, bytes);
  const turn = isOrdered ? target.key : undefined;
  if (target.how === "overwrite") overwriteInTurn(request, bytes, turn);
  else replace({ request, bytes, target, key: turn });
}

interface Replacement {
  readonly request: Request;
  readonly bytes: Uint8Array;
  readonly target: ReplaceTarget;
  /** Only when asynchronous writes are under way. */
  readonly key: string | undefined;
}

function targetOf(request: Request, needsKey: boolean): Target {
  try {
    return findTargetSync(request.path, needsKey);
  } catch {
    return { how: "native" };
  }
}

function replace(replacement: Replacement): void {
  const { request, bytes, target, key } = replacement;
  const temp = tryOpenTemp(request, target);
  if (!temp) return overwriteInTurn(request, bytes, key);
  try {
    fill(temp, replacement);
    commit(temp, replacement);
    if (request.settings.durability === "full") flushDirectorySync(target.directory);
  } catch (error) {
    throw aboutTarget(error, request.asked);
  } finally {
    discardSync(temp.path);
  }
  sweepSync(target.directory);
}

function tryOpenTemp(request: Request, target: ReplaceTarget): Temp | undefined {
  try {
    return openTempSync(target, request.settings.mode);
  } catch (error) {
    if (isStorageError(error) || isOutOfDescriptors(error)) throw aboutTarget(error, request.asked);
    return undefined;
  }
}

function fill(temp: Temp, { request, bytes, target }: Replacement): void {
  let isOpen = true;
  try {
    const written = writeBytesSync(temp.fd, bytes);
    const entry = fs.fstatSync(temp.fd);
    if (entry.size !== written) throw shortWrite(written, entry.size);
    changeSync(temp.fd, changesFor(entry, target.old));
    if (request.settings.durability !== "none") flushFileSync(temp.fd);
    isOpen = false;
    fs.closeSync(temp.fd);
  } finally {
    if (isOpen) fs.closeSync(temp.fd);
  }
}

function commit(temp: Temp, { request, bytes, target, key }: Replacement): void {
  const turn = key === undefined ? undefined : overtake(key);
  try {
    whenUnlockedSync(() => fs.renameSync(temp.path, target.path));
    shared().pending.delete(temp.path);
  } catch (error) {
    if (isStorageError(error)) throw error;
    overwriteAndMark(request, bytes, turn);
    return;
  }
  if (turn) markCommitted(turn);
}

function overwriteInTurn(request: Request, bytes: Uint8Array, key: string | undefined): void {
  overwriteAndMark(request, bytes, key === undefined ? undefined : overtake(key));
}

function overwriteAndMark(request: Request, bytes: Uint8Array, turn: Turn | undefined): void {
  whenDescriptorsAllowSync(() => writeInPlace(request, bytes));
  if (turn) markCommitted(turn);
}
