import { setImmediate } from "node:timers/promises";
import { toError } from "../errors.js";
import { discard, put, putBack, stage, type Staged } from "./staged.js";

/** One file to write: `file` names it in messages, `path` is absolute. */
export interface Change {
  readonly file: string;
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

export interface Watch {
  readonly signal: AbortSignal;
  readonly onDone: (done: number) => void;
  /** Part of the names of the files beside the written ones. */
  readonly mark: string;
}

/**
 * All or nothing. First every new text goes next to its file, so that a full disk is noticed while
 * nothing has changed; then each takes its place by a rename, and what fails puts back the old files.
 */
export async function commit(changes: readonly Change[], watch: Watch): Promise<void> {
  const staged: Staged[] = [];
  const placed: Staged[] = [];
  try {
    watch.onDone(0);
    for (const change of changes) {
      staged.push(stage(change, watch.mark));
      await pause(watch.signal);
    }
    for (const one of staged) {
      placed.push(one);
      put(one);
      watch.onDone(placed.length);
      await pause(watch.signal);
    }
  } catch (thrown) {
    undo(placed, thrown);
    throw notWritten(thrown, watch.signal);
  } finally {
    staged.forEach(discard);
  }
}

/** Lets a signal handler run between two files. */
async function pause(signal: AbortSignal): Promise<void> {
  await setImmediate();
  signal.throwIfAborted();
}

function undo(placed: readonly Staged[], cause: unknown): void {
  const lost: string[] = [];
  for (const one of [...placed].reverse()) {
    try {
      putBack(one);
    } catch (thrown) {
      lost.push(
        `  ${one.change.file}: ${toError(thrown).message}\n    its old content is kept in ${one.backup}`,
      );
      one.state = "lost";
    }
  }
  if (lost.length === 0) return;
  const message = `Writing failed (${toError(cause).message}), and these files could NOT be put back:\n${lost.join("\n")}`;
  throw new Error(message, { cause });
}

function notWritten(thrown: unknown, signal: AbortSignal): Error {
  if (signal.aborted) return toError(thrown);
  return new Error(`Writing failed: ${toError(thrown).message}\nEvery file is as it was before.`, {
    cause: thrown,
  });
}
