import * as fs from "node:fs";
import * as path from "node:path";
import { flushDirectory } from "../../atomic-write/durable.js";
import { ResourceStateError } from "../../errors.js";
import { ManagedResource } from "../../managed-resource.js";
import { expectFunction, expectOptions } from "../../validate.js";
import { expectMode, expectPath, expectPiece, expectTimeout } from "../arguments.js";
import { BatchError, type BatchResult } from "../errors.js";
import { withLockedFile } from "../lock/resource.js";
import { stage, type Operation } from "./plan.js";
import type { Step } from "./steps.js";
import { discard, doStep, finish, openWork, recover, undoSteps, writeJournal } from "./work.js";

/** How a batch is run. */
export interface BatchOptions {
  /** How long to wait for another batch in the same root, in milliseconds. Default: 30,000. */
  readonly timeout?: number;
}

const DEFAULT_TIMEOUT = 30_000;
const NEW_FILE = 0o666;

/**
 * Several changes of files, of which all happen or none. They are collected and only made by `commit()`, in their order.
 * When one fails, those before it are taken back. When the process dies in the middle, by `kill -9` too, the next batch
 * that is opened in the same root takes them back; when it dies after the last, they stay.
 *
 * All paths lie inside the root, on one file system. Other programs can see the changes come one after the other.
 */
export class BatchFileOperations extends ManagedResource<string> {
  readonly kind = "batch";
  /** The folder as it was given. */
  readonly root: string;
  readonly #timeout: number;
  readonly #operations: Operation[] = [];

  constructor(root: string | URL, options?: BatchOptions) {
    super();
    this.root = expectPath("root", root);
    const { timeout = DEFAULT_TIMEOUT } = expectOptions("options", options, ["timeout"]);
    this.#timeout = expectTimeout("timeout", timeout);
  }

  /** Creates or replaces a file. A new one gets `mode` (default: 0o666, before the umask), an old one keeps its own. */
  write(target: string, data: string | NodeJS.ArrayBufferView, options?: { readonly mode?: number }): this {
    const { mode = NEW_FILE } = expectOptions("options", options, ["mode"]);
    const bytes = bytesOf(expectPiece("data", data));
    return this.#add({
      do: "write",
      path: expectPath("target", target),
      data: bytes,
      mode: expectMode("mode", mode),
    });
  }

  /** Copies a file, over one that is there. */
  copy(from: string, to: string): this {
    return this.#add({ do: "copy", path: expectPath("from", from), to: expectPath("to", to) });
  }

  /** Renames a file or a folder, over a file that is there. */
  move(from: string, to: string): this {
    return this.#add({ do: "move", path: expectPath("from", from), to: expectPath("to", to) });
  }

  /** Removes a file, or a folder with all that is in it. */
  delete(target: string): this {
    return this.#add({ do: "delete", path: expectPath("target", target) });
  }

  /** Makes a folder in one that is there. */
  mkdir(target: string): this {
    return this.#add({ do: "mkdir", path: expectPath("target", target) });
  }

  /** Makes all changes and closes the batch, or rejects with a {@link BatchError} and has made none. */
  async commit(): Promise<readonly BatchResult[]> {
    const root = await this.initialize();
    if (this.state !== "open") throw new ResourceStateError(this.kind, this.state, "commit");
    const operations = this.#operations.splice(0);
    try {
      return await this.#alone(root, () => commitAll(root, operations));
    } finally {
      await this.close();
    }
  }

  /** Forgets all changes and closes the batch. */
  rollback(): Promise<void> {
    return this.close();
  }

  /** Takes back what a process that died in the middle of a batch has left in the root. */
  protected async onInitialize(): Promise<string> {
    const root = await fs.promises.realpath(this.root);
    await this.#alone(root, () => recover(root));
    return root;
  }

  protected onClose(): void {
    this.#operations.length = 0;
  }

  #add(operation: Operation): this {
    if (this.state === "closing" || this.state === "closed")
      throw new ResourceStateError(this.kind, this.state, `add a ${operation.do}`);
    this.#operations.push(operation);
    return this;
  }

  /** One batch at a time in one root. So whatever lies there is of a process that is no more. */
  #alone<T>(root: string, body: () => Promise<T>): Promise<T> {
    return withLockedFile(path.join(root, "batch"), { timeout: this.#timeout }, body);
  }
}

/** Opens a batch, runs `body` with it and commits, or makes no change when `body` fails. */
export async function withBatchFileOperations(
  root: string | URL,
  options: BatchOptions,
  body: (batch: BatchFileOperations) => unknown,
): Promise<readonly BatchResult[]> {
  expectFunction("body", body);
  const batch = new BatchFileOperations(root, options);
  try {
    await batch.initialize();
    await body(batch);
    return batch.state === "open" ? await batch.commit() : [];
  } finally {
    await batch.rollback();
  }
}

async function commitAll(root: string, operations: readonly Operation[]): Promise<readonly BatchResult[]> {
  await recover(root);
  const work = await openWork(root);
  let steps: readonly Step[] = [];
  try {
    steps = await stage(root, work, operations);
    await writeJournal(work, steps);
  } catch (error) {
    await discard(work);
    throw new BatchError(resultsOf(operations, steps.length, "not begun"), { cause: error, failures: [] });
  }
  await doAll(work, steps, operations);
  await flushFolders(steps);
  await finish(work);
  return operations.map((operation) => ({ ...nameOf(operation), status: "done" }));
}

async function doAll(work: string, steps: readonly Step[], operations: readonly Operation[]): Promise<void> {
  let at = 0;
  try {
    for (const step of steps) {
      await doStep(work, step);
      at++;
    }
  } catch (error) {
    const failures = await undoSteps(work, steps);
    if (failures.length === 0) await discard(work);
    throw new BatchError(resultsOf(operations, at, "undone"), { cause: error, failures });
  }
}

function resultsOf(
  operations: readonly Operation[],
  failed: number,
  before: "undone" | "not begun",
): readonly BatchResult[] {
  const statusOf = (at: number): BatchResult["status"] =>
    at < failed ? before : at === failed ? "failed" : "not begun";
  return operations.map((operation, at) => ({ ...nameOf(operation), status: statusOf(at) }));
}

const nameOf = (operation: Operation): Pick<BatchResult, "operation" | "path"> => ({
  operation: operation.do,
  path: operation.path,
});

/** The new names survive a power cut from here on. */
async function flushFolders(steps: readonly Step[]): Promise<void> {
  const places = steps.flatMap((step) => (step.do === "move" ? [step.from, step.to] : [step.path]));
  for (const folder of new Set(places.map((place) => path.dirname(place)))) await flushIfThere(folder);
}

async function flushIfThere(folder: string): Promise<void> {
  // A later step may have moved or removed it.
  if (fs.existsSync(folder)) await flushDirectory(folder);
}

function bytesOf(data: string | NodeJS.ArrayBufferView): Uint8Array {
  // A copy, for the caller may use its buffer again before the commit.
  if (typeof data === "string") return Buffer.from(data);
  return Buffer.from(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
}
