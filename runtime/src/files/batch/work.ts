import * as crypto from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { flushDirectory } from "../../atomic-write/durable.js";
import { codeOf } from "../../atomic-write/errors.js";
import { read } from "../../duck.js";
import { apply, check, undo, type Step } from "./steps.js";

// A batch has a folder of its own in the root while it is committed: `.~batch-ID` with the new files, the old files, the
// journal (all steps, written before the first) and the progress (one byte for each step that was begun). When it is
// done it is called `.~batched-ID`, and only has to be removed. Whoever finds one while no batch is running, which the
// lock of the root says, finds the work of a process that died.

const UNDONE = /^\.~batch-[0-9a-f]+$/;
const DONE = /^\.~batched-[0-9a-f]+$/;

/** Makes the working folder, which nobody else may look into. */
export async function openWork(root: string): Promise<string> {
  const work = path.join(root, `.~batch-${crypto.randomBytes(8).toString("hex")}`);
  await fs.promises.mkdir(work, { mode: 0o700 });
  return work;
}

/** From here on a crash is undone, and before nothing has happened. */
export async function writeJournal(work: string, steps: readonly Step[]): Promise<void> {
  const temp = path.join(work, "journal-begun");
  await writeAndFlush(temp, JSON.stringify(steps));
  await writeAndFlush(path.join(work, "progress"), "");
  await fs.promises.rename(temp, path.join(work, "journal"));
  await flushDirectory(work);
}

/** Does one step, after noting that it is begun. */
export async function doStep(work: string, step: Step): Promise<void> {
  await check(step);
  await fs.promises.appendFile(path.join(work, "progress"), ".");
  await apply(work, step);
}

/** Undoes what was begun, last first, and notes how far it is. Answers what could not be undone. */
export async function undoSteps(work: string, steps: readonly Step[]): Promise<readonly unknown[]> {
  const failures: unknown[] = [];
  for (let at = Math.min(steps.length, await progressOf(work)) - 1; at >= 0; at--) {
    const step = steps[at];
    try {
      if (step !== undefined) await undo(work, step);
      if (failures.length === 0) await fs.promises.truncate(path.join(work, "progress"), at);
    } catch (error) {
      failures.push(error);
    }
  }
  return failures;
}

/** The moment from which the batch has happened. */
export async function finish(work: string): Promise<void> {
  const done = path.join(path.dirname(work), path.basename(work).replace("batch", "batched"));
  await fs.promises.rename(work, done);
  await discard(done);
}

export async function discard(work: string): Promise<void> {
  await fs.promises.rm(work, { recursive: true, force: true });
}

/** Undoes, or clears away, what processes left in the root that died in the middle. Only under the lock of the root. */
export async function recover(root: string): Promise<void> {
  for (const name of await fs.promises.readdir(root)) {
    const work = path.join(root, name);
    if (DONE.test(name)) await discard(work);
    if (!UNDONE.test(name)) continue;
    const failures = await undoSteps(work, await journalOf(work));
    if (failures.length > 0) throw new AggregateError(failures, `"${work}" could not be undone; it is kept.`);
    await discard(work);
  }
}

async function journalOf(work: string): Promise<readonly Step[]> {
  const text = await textOf(path.join(work, "journal"));
  const steps: unknown = text === undefined ? [] : JSON.parse(text);
  return Array.isArray(steps) ? steps.filter(isStep) : [];
}

async function progressOf(work: string): Promise<number> {
  return (await textOf(path.join(work, "progress")))?.length ?? 0;
}

function isStep(value: unknown): value is Step {
  return typeof read(value, "do") === "string" && typeof read(value, "id") === "number";
}

async function writeAndFlush(place: string, text: string): Promise<void> {
  const handle = await fs.promises.open(place, "wx", 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function textOf(place: string): Promise<string | undefined> {
  try {
    return await fs.promises.readFile(place, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}
