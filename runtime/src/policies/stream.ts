import * as events from "node:events";
import { sleep } from "../clock.js";
import { methodOf, onFirst, read } from "../duck.js";
import type { Policy } from "../entry.js";
import { type PartialFile, partialFileOf } from "./partial-file.js";
import { sourcesOf } from "./sources.js";

/** The share of its time a graceful end may take, so that the forced one still fits in. */
const GRACEFUL = 0.9;

/** How a stream that exists is released. */
export interface StreamCare {
  /**
   * The file that the stream creates is removed when the context is disposed before the program has ended the stream: a
   * function that fails leaves no half of a file. A file that was there before is kept, as is what the program ended.
   */
  readonly removePartial?: boolean;
}

/** How to end a stream without losing what was written to it. */
export function streamPolicy(
  stream: unknown,
  forget: () => void,
  { removePartial = false }: StreamCare = {},
): Policy | undefined {
  if (stream === null || typeof stream !== "object" || isStandard(stream) || isDone(stream)) return undefined;
  const partial = removePartial ? partialFileOf(stream) : undefined;
  return partial === undefined ? endPolicy(stream, forget) : partialPolicy(stream, forget, partial);
}

function endPolicy(stream: object, forget: () => void): Policy {
  const unlisten = onFirst(stream, "close", forget);
  const sources = sourcesOf(stream);
  return {
    kind: "stream",
    release: (limit) => {
      if (isDone(stream)) return undefined;
      sources.cutOff();
      return finish(stream, limit);
    },
    releaseSync: () => {
      sources.cutOff();
      return isWritable(stream) ? end(stream) : methodOf(stream, "destroy")?.();
    },
    letGo: () => {
      unlisten();
      sources.letGo();
    },
  };
}

/** A file that is whole, or gone. What closes by itself before it is whole has failed: it stays ours to remove. */
function partialPolicy(stream: object, forget: () => void, partial: PartialFile): Policy {
  const unlisten = onFirst(stream, "close", () => {
    if (isWhole(stream)) forget();
  });
  const sources = sourcesOf(stream);
  return {
    kind: "stream",
    isProcessBound: true,
    release: async (limit) => {
      sources.cutOff();
      if (!isDone(stream)) await (hasEnded(stream) ? finish(stream, limit) : abandon(stream, limit));
      if (!isWhole(stream)) await partial.remove();
    },
    releaseSync: () => {
      // What the program has ended may still be on its way to the disk.
      if (hasEnded(stream) && !isDone(stream)) return;
      sources.cutOff();
      void abandon(stream, 0);
      if (!isWhole(stream)) partial.removeSync();
    },
    letGo: () => {
      unlisten();
      partial.letGo();
      sources.letGo();
    },
  };
}

/** Standard streams belong to the process. `process.stdin` is not read here: reading it opens it. */
function isStandard(stream: unknown): boolean {
  const descriptor = read(stream, "fd");
  if (typeof descriptor === "number") return descriptor >= 0 && descriptor <= 2;
  return stream === process.stdout || stream === process.stderr;
}

const isDone = (stream: unknown): boolean =>
  read(stream, "destroyed") === true || read(stream, "closed") === true;

const isWritable = (stream: unknown): boolean =>
  typeof read(stream, "end") === "function" && read(stream, "writable") !== undefined;

const hasEnded = (stream: unknown): boolean => read(stream, "writableEnded") === true;

/** The program has ended it, and everything has arrived. */
const isWhole = (stream: unknown): boolean => read(stream, "writableFinished") === true;

function end(stream: unknown): void {
  if (!hasEnded(stream)) methodOf(stream, "end")?.();
}

/** `end()`, wait until all is flushed and closed, and destroy what does not get there. */
async function finish(stream: unknown, limit: number): Promise<void> {
  const failed = firstError(stream);
  if (isWritable(stream)) await flush(stream, failed, limit * GRACEFUL);
  if (read(stream, "closed") !== true) await close(stream, limit * (1 - GRACEFUL));
  const error = failed.error();
  if (error !== undefined) throw error;
}

interface FirstError {
  readonly seen: Promise<void>;
  error(): unknown;
}

/**
 * An error while we end the stream is ours to report. It is watched, not listened to: where the program has no listener
 * of its own, data that did not reach the disk must still make it fail, as it would have without us.
 */
function firstError(stream: unknown): FirstError {
  let error: unknown;
  const seen = new Promise<void>((resolve) => {
    methodOf(stream, "on")?.(events.errorMonitor, (thrown: unknown) => {
      error ??= thrown;
      resolve();
    });
  });
  return { seen, error: () => error };
}

async function flush(stream: unknown, failed: FirstError, ms: number): Promise<void> {
  if (read(stream, "writableFinished") !== false) return end(stream);
  const finished = new Promise<void>((resolve) => {
    methodOf(stream, "once")?.("finish", () => resolve());
    methodOf(stream, "once")?.("close", () => resolve());
  });
  end(stream);
  await sleep(ms, Promise.race([finished, failed.seen]));
}

/** Destroyed in the middle of a write, a file stream fails with that; nobody wants what it wrote. */
function abandon(stream: unknown, ms: number): Promise<void> {
  methodOf(stream, "on")?.("error", () => {});
  return close(stream, ms);
}

/** A file is closed only when `close` was emitted, and Windows lets nobody remove it before. */
async function close(stream: unknown, ms: number): Promise<void> {
  const closed = new Promise<void>((resolve) => methodOf(stream, "once")?.("close", () => resolve()));
  methodOf(stream, "destroy")?.();
  if (read(stream, "closed") === false) await sleep(ms, closed);
}
