import { hash } from "node:crypto";
import { closeSync, constants, existsSync, fstatSync, openSync, readdirSync, readFileSync } from "node:fs";
import { readSync, realpathSync, statSync } from "node:fs";

/**
 * What a run asks of the disk, answered and written down: an answer that was kept holds for as long as the disk would
 * still answer everything the same. Whatever a verdict may depend on is read through here.
 */

/**
 * `source`: a file that is no link; `text`: a file, through links too; `names`: the scripts and JSON files of a folder;
 * `real`: where links lead.
 */
type Question = "source" | "text" | "exists" | "file" | "names" | "real";

/** The questions of one stretch of work, with a digest of each answer. */
export class Trace {
  private readonly answers = new Map<string, string>();
  private steady = true;

  /** False when the disk answered one question in two ways: somebody changed it meanwhile. */
  get isSteady(): boolean {
    return this.steady;
  }

  get entries(): readonly Answered[] {
    return [...this.answers];
  }

  note(question: Question, path: string, answer: string): void {
    const key = `${question} ${path}`;
    const known = this.answers.get(key);
    if (known !== undefined && known !== answer) this.steady = false;
    this.answers.set(key, answer);
  }
}

/** The question with its path, and a digest of the answer. */
export type Answered = readonly [asked: string, answer: string];

const traces = new Set<Trace>();

/** Does the work, and writes down what it asks. Work that goes on beside it is written down as well: that does no harm. */
export async function traced<Result>(trace: Trace, work: () => Promise<Result>): Promise<Result> {
  traces.add(trace);
  try {
    return await work();
  } finally {
    traces.delete(trace);
  }
}

/** Whether the disk still gives every one of the answers. */
export function isUnchanged(entries: readonly Answered[]): boolean {
  return entries.every(([asked, answer]) => {
    const at = asked.indexOf(" ");
    return answerTo(asked.slice(0, at), asked.slice(at + 1)) === answer;
  });
}

function answerTo(question: string, path: string): string {
  switch (question) {
    case "source":
      return attempt(() => digestOf(readBytes(path)));
    case "text":
      return attempt(() => digestOf(readFileSync(path)));
    case "exists":
      return existsSync(path) ? "yes" : "no";
    case "file":
      return isThere(path) ? "yes" : "no";
    case "real":
      return attempt(() => realpathSync(path));
    case "names":
      return attempt(() => digestOf(listFiles(path).join("\n")));
    default:
      throw new Error(`"${question}" is no question to the disk.`);
  }
}

function attempt(work: () => string): string {
  try {
    return work();
  } catch (thrown) {
    return failure(thrown);
  }
}

export function digestOf(content: string | Uint8Array): string {
  return hash("sha256", content, "base64url").slice(0, 22);
}

const failure = (thrown: unknown): string => `failed: ${codeOf(thrown)}`;

/** `ENOENT` and the like; empty for what is no error of the system. */
export function codeOf(thrown: unknown): string {
  return thrown instanceof Error && "code" in thrown && typeof thrown.code === "string" ? thrown.code : "";
}

function note(question: Question, path: string, answer: () => string): void {
  if (traces.size === 0) return;
  const digest = answer();
  for (const trace of traces) trace.note(question, path, digest);
}

/** The bytes of a source file; they stay as they are until the next one is read. */
export const readSource = (path: string): Buffer => noted("source", path, readBytes);

export const readFile = (path: string): Buffer => noted("text", path, readFileSync);

/** What cannot be read is an answer too: it may be there the next time. */
function noted(question: "source" | "text", path: string, read: (path: string) => Buffer): Buffer {
  try {
    const bytes = read(path);
    note(question, path, () => digestOf(bytes));
    return bytes;
  } catch (thrown) {
    note(question, path, () => failure(thrown));
    throw thrown;
  }
}

export const readUtf8 = (path: string): string => readFile(path).toString("utf8");

export function exists(path: string): boolean {
  const found = existsSync(path);
  note("exists", path, () => (found ? "yes" : "no"));
  return found;
}

export function isFile(path: string): boolean {
  const found = isThere(path);
  note("file", path, () => (found ? "yes" : "no"));
  return found;
}

/** The scripts and JSON files of a folder, sorted; without folders and links. */
export function filesIn(folder: string): readonly string[] {
  const names = listFiles(folder);
  note("names", folder, () => digestOf(names.join("\n")));
  return names;
}

/** What a library has found out by itself, which asks the disk on its own. */
export function noteAsked(question: "text" | "exists" | "file" | "real", path: string): void {
  note(question, path, () => answerTo(question, path));
}

/** A report or a baseline that is written beside them is no other answer. */
const isConfiguration = /\.(?:[cm]?[jt]s|json)$/;

function listFiles(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((one) => (one.isFile() && isConfiguration.test(one.name) ? [one.name] : []))
    .sort();
}

/** `x/package.json/index.ts` is asked for too: a path that runs through a file is just not there. */
function isThere(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  } catch (thrown) {
    if (codeOf(thrown) === "ENOTDIR") return false;
    throw thrown;
  }
}

// One buffer for all files: synchronous reads into it are the fastest way measured, and memory stays flat.
let shared = Buffer.allocUnsafeSlow(256 * 1024);
// A link is not followed (its target is visited by itself), and a pipe in place of a file does not block.
const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

function readBytes(path: string): Buffer {
  const descriptor = openSync(path, flags);
  try {
    return readAll(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function readAll(descriptor: number): Buffer {
  let length = 0;
  for (;;) {
    const count = readSync(descriptor, shared, length, shared.length - length, null);
    length += count;
    // A short read of a regular file is its end.
    if (length < shared.length) return shared.subarray(0, length);
    shared = Buffer.concat([shared], Math.max(fstatSync(descriptor).size + 1, shared.length * 2));
  }
}
