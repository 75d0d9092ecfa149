import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { atomicWriteFileSync } from "resource-context";
import { git } from "../git.js";
import { parseJson } from "../json.js";
import { hashOf } from "../plan/index.js";
import type { Change } from "./commit.js";

/** One file of a run: what it held before, and all that the run may have put into it. */
export interface Entry {
  readonly file: string;
  readonly path: string;
  /** Name of the copy, in the folder of the run. */
  readonly kept: string;
  readonly before: string;
  readonly after: readonly string[];
}

/** `writing` stays behind when the run was killed in the middle. */
export interface Run {
  readonly version: 1;
  readonly id: string;
  readonly started: string;
  readonly state: "writing" | "done";
  readonly root: string;
  readonly entries: readonly Entry[];
}

const keptRuns = 20;
const journalFile = "journal.json";

/**
 * Outside of what git tracks, and where neither `npm ci` nor `git clean` goes: the folder of the repository. Without
 * one it is the cache folder of the packages.
 */
async function placeOf(root: string): Promise<string> {
  const answer = await git(root, ["rev-parse", "--absolute-git-dir"]);
  const found = answer.status === "done" ? answer.stdout.toString("utf8").trimEnd() : "";
  return found === ""
    ? join(root, "node_modules/.cache/resource-codemod")
    : join(found, "resource-codemod", "runs");
}

/** The record of one writing run, on the disk before the first file is touched. */
export class Journal {
  private constructor(
    readonly folder: string,
    private run: Run,
  ) {}

  static async begin(root: string, changes: readonly Change[]): Promise<Journal> {
    const place = await placeOf(root);
    const started = new Date().toISOString();
    const id = `${started.replace(/[-:.Z]/g, "")}-${randomBytes(3).toString("hex")}`;
    const folder = join(place, id);
    mkdirSync(folder, { recursive: true });
    const entries = changes.map(({ file, path, before, after }, index): Entry => {
      const kept = `${String(index)}.old`;
      writeSafely(join(folder, kept), before);
      return { file, path, kept, before: hashOf(before), after: [hashOf(after)] };
    });
    const journal = new Journal(folder, { version: 1, id, started, state: "writing", root, entries });
    journal.save();
    for (const old of namesIn(place).slice(0, -keptRuns))
      rmSync(join(place, old), { recursive: true, force: true });
    return journal;
  }

  /** Part of the names of files that lie beside the written ones until the run is over. */
  get mark(): string {
    return this.run.id;
  }

  /** Before files get yet another text: a run that is killed then must know it. */
  expect(changes: readonly Change[]): void {
    if (changes.length === 0) return;
    const added = new Map(changes.map(({ path, after }) => [path, hashOf(after)]));
    const entries = this.run.entries.map((entry): Entry => {
      const hash = added.get(entry.path);
      return hash === undefined ? entry : { ...entry, after: [...entry.after, hash] };
    });
    this.run = { ...this.run, entries };
    this.save();
  }

  /** Whether a text is one that this run has put into the file. */
  wrote(path: string, text: string): boolean {
    const hash = hashOf(text);
    return this.run.entries.some((entry) => entry.path === path && entry.after.includes(hash));
  }

  /** The run is over: what the files hold now is what `--undo` will look for. */
  finish(): void {
    const entries = this.run.entries
      .filter(({ path, before }) => currentHash(path) !== before)
      .map((entry): Entry => ({ ...entry, after: [currentHash(entry.path) ?? ""] }));
    if (entries.length === 0) return this.drop();
    this.run = { ...this.run, state: "done", entries };
    this.save();
  }

  /** Everything is as it was: there is nothing to undo. A file that could not be put back keeps its copy. */
  dropIfRestored(): void {
    if (this.run.entries.every(({ path, before }) => currentHash(path) === before)) this.drop();
  }

  private drop(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private save(): void {
    writeSafely(join(this.folder, journalFile), JSON.stringify(this.run, null, 2) + "\n");
  }
}

/** On the disk when this returns, and for nobody else to read. */
function writeSafely(path: string, text: string): void {
  atomicWriteFileSync(path, text, { mode: 0o600, durability: "full" });
}

/** A run as it is kept, with the place of its copies. */
export interface KeptRun extends Run {
  readonly folder: string;
}

/** The runs that can be undone, the newest last. */
export async function keptRunsOf(root: string): Promise<readonly KeptRun[]> {
  const place = await placeOf(root);
  return namesIn(place).flatMap((name) => {
    const run = readRun(join(place, name, journalFile));
    return run === null ? [] : [{ ...run, folder: join(place, name) }];
  });
}

export function forget({ folder }: KeptRun): void {
  rmSync(folder, { recursive: true, force: true });
}

export function keptText({ folder }: KeptRun, { kept }: Entry): string {
  return readFileSync(join(folder, kept), "utf8");
}

/** Null when there is no file any more. */
export function currentHash(path: string): string | null {
  const isFile = statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  return isFile ? hashOf(readFileSync(path)) : null;
}

function namesIn(place: string): readonly string[] {
  return existsSync(place) ? readdirSync(place).sort() : [];
}

/** A run that was killed before its journal was whole has not touched any file. */
function readRun(path: string): Run | null {
  if (!existsSync(path)) return null;
  const content = parseJson(path, readFileSync(path, "utf8"));
  return isRun(content) ? content : null;
}

function isRun(value: unknown): value is Run {
  return (
    typeof value === "object" &&
    value !== null &&
    "version" in value &&
    value.version === 1 &&
    "entries" in value &&
    Array.isArray(value.entries)
  );
}
