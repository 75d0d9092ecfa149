import MagicString from "magic-string";
import { asyncFunctions } from "../../transforms/async-functions.js";
import { bundlers } from "../../transforms/bundlers.js";
import { classCleanup } from "../../transforms/class-cleanup.js";
import { clients } from "../../transforms/clients.js";
import { fileWrites } from "../../transforms/file-writes.js";
import { handles } from "../../transforms/handles.js";
import { imports } from "../../transforms/imports.js";
import { listeners } from "../../transforms/listeners.js";
import { servers } from "../../transforms/servers.js";
import { sockets } from "../../transforms/sockets.js";
import { spawn } from "../../transforms/spawn.js";
import { streams } from "../../transforms/streams.js";
import { tempFiles } from "../../transforms/temp-files.js";
import { timers } from "../../transforms/timers.js";
import { watchers } from "../../transforms/watchers.js";
import { workers } from "../../transforms/workers.js";
import { RefusedError } from "../errors.js";
import { hashOf } from "../plan/index.js";
import type { Edit, FilePlan, Span, Transform } from "../types.js";
import { coalesce, growthOf, spanOf } from "./ranges.js";

/** A rewritten text, and how it came about. */
export interface Rewritten {
  readonly text: string;
  /** Ranges of `text` that hold inserted or replaced text; empty where something was removed. */
  readonly touched: readonly Span[];
  /** In the order of their offsets in the source. */
  readonly edits: readonly Edit[];
}

const transforms: readonly Transform[] = [
  spawn,
  fileWrites,
  streams,
  handles,
  tempFiles,
  servers,
  sockets,
  timers,
  listeners,
  watchers,
  workers,
  bundlers,
  clients,
  asyncFunctions,
  classCleanup,
  imports,
];

/** The new text of one file. Splices only: bytes outside the edits are identical. */
export function rewrite(plan: FilePlan, source: string): Rewritten {
  if (hashOf(source) !== plan.sourceHash) {
    throw new RefusedError(`${plan.file} changed since it was analysed. Run the command again.`);
  }
  if (plan.findings.length === 0) return { text: source, touched: [], edits: [] };
  return splice(
    source,
    transforms.flatMap((transform) => transform.edits(plan, source)),
  );
}

/** Applies edits to a text; refuses any that overlap. */
export function splice(source: string, edits: readonly Edit[]): Rewritten {
  if (edits.length === 0) return { text: source, touched: [], edits };
  const sorted = [...edits].sort(inOrder);
  refuseOverlaps(source, sorted);
  const text = new MagicString(source);
  for (const edit of sorted) {
    if (edit.op === "replace") text.update(edit.span.start, edit.span.end, edit.text);
    if (edit.op === "remove") text.remove(edit.span.start, edit.span.end);
  }
  for (const edit of sorted) if (edit.op === "insert") text.appendLeft(edit.at, edit.text);
  return { text: text.toString(), touched: coalesce(touchedBy(sorted)), edits: sorted };
}

function inOrder(a: Edit, b: Edit): number {
  const [left, right] = [spanOf(a), spanOf(b)];
  return left.start - right.start || left.end - right.end || orderOf(a) - orderOf(b);
}

function orderOf(edit: Edit): number {
  return edit.op === "insert" ? edit.order : 0;
}

function refuseOverlaps(source: string, sorted: readonly Edit[]): void {
  let end = 0;
  for (const edit of sorted) {
    const span = spanOf(edit);
    if (span.start < end) throw new Error(`Two edits overlap at offset ${span.start}.`);
    if (span.end > source.length || span.start > span.end)
      throw new Error(`An edit lies outside of the file: ${span.start}-${span.end}.`);
    if (edit.op !== "insert" && span.start === span.end)
      throw new Error(`An edit at offset ${span.start} replaces nothing.`);
    end = span.end;
  }
}

function touchedBy(sorted: readonly Edit[]): readonly Span[] {
  let shift = 0;
  return sorted.map((edit) => {
    const { start, end } = spanOf(edit);
    const from = start + shift;
    shift += growthOf(edit);
    return { start: from, end: end + shift };
  });
}
