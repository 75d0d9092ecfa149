import { readFileSync, rmSync } from "node:fs";
import { ConfigError, RefusedError } from "../errors.js";
import { commit, type Change } from "./commit.js";
import { currentHash, forget, keptRunsOf, keptText, type Entry, type KeptRun } from "./journal.js";
import { preflight } from "./preflight.js";
import { besides } from "./staged.js";

export interface Undone {
  readonly id: string;
  /** Files that got their old content back. */
  readonly files: readonly string[];
}

/**
 * Gives every file of a run its old bytes back, or none: of the last run when no name is given. A run that was killed
 * in the middle is cleaned up in the same way.
 * @throws RefusedError when a file was changed after the run.
 */
export async function undo(root: string, id: string, signal: AbortSignal): Promise<Undone> {
  const run = chosen(await keptRunsOf(root), id);
  const changed = run.entries.filter((entry) => stateOf(entry) === "changed");
  if (changed.length > 0)
    throw new RefusedError(
      `Nothing was undone: files were changed after the run ${run.id}.\n${changed
        .map(({ file }) => `  ${file}`)
        .join("\n")}\nTheir old content lies in ${run.folder}.`,
    );
  const changes = run.entries
    .filter((entry) => stateOf(entry) === "written")
    .map((entry): Change => {
      const before = readFileSync(entry.path, "utf8");
      return { file: entry.file, path: entry.path, before, after: keptText(run, entry) };
    });
  preflight(changes);
  for (const { path } of run.entries)
    for (const left of [...besides(path, run.id), ...besides(path, `${run.id}-undo`)])
      rmSync(left, { force: true });
  await commit(changes, { signal, onDone: () => undefined, mark: `${run.id}-undo` });
  forget(run);
  return { id: run.id, files: changes.map(({ file }) => file) };
}

/** One line per run, the newest last. */
export async function listRuns(root: string): Promise<string> {
  const runs = await keptRunsOf(root);
  return runs.length === 0 ? `${nothingToUndo}\n` : runs.map((run) => `${lineOf(run)}\n`).join("");
}

/** What a run that was killed has left behind must be put back first. */
export async function refuseUnfinished(root: string): Promise<void> {
  const open = (await keptRunsOf(root)).find(
    (run) => run.state === "writing" && run.entries.some((entry) => stateOf(entry) === "written"),
  );
  if (open === undefined) return;
  throw new RefusedError(
    `Nothing was written: the run ${open.id} was stopped in the middle, or is still at work.\nresource-codemod --undo=${open.id} puts its files back.`,
  );
}

const nothingToUndo =
  "No run can be undone here.\nOnly --write leaves something to undo, and it is looked for in the repository of this folder (or --cwd).";

function chosen(runs: readonly KeptRun[], id: string): KeptRun {
  const run = id === "" ? runs.at(-1) : runs.find((one) => one.id === id);
  if (run !== undefined) return run;
  const known = runs.length === 0 ? nothingToUndo : `These can be undone:\n${runs.map(lineOf).join("\n")}`;
  throw new ConfigError(
    id === ""
      ? known
      : `--undo: there is no run "${id}".\n${known}\n--undo=list names the runs, --undo takes the last.`,
  );
}

function lineOf({ id, started, state, entries }: KeptRun): string {
  const files = `${String(entries.length)} file${entries.length === 1 ? "" : "s"}`;
  return `${id}  ${started}  ${files}${state === "writing" ? "  stopped in the middle" : ""}`;
}

function stateOf({ path, before, after }: Entry): "restored" | "written" | "changed" {
  const hash = currentHash(path);
  if (hash === before) return "restored";
  return hash !== null && after.includes(hash) ? "written" : "changed";
}
