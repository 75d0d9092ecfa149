import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { toError } from "../errors.js";
import type { FileOutcome, Install, Options, Progress } from "../types.js";
import { commit, type Change } from "./commit.js";
import { guard } from "./guard.js";
import { ownersOf } from "./owners.js";
import { Journal } from "./journal.js";
import { preflight } from "./preflight.js";
import { refuseUnfinished } from "./undo.js";
import type { Remake } from "./verify/back-out.js";
import { baseline, verifyCommand } from "./verify/command.js";

export interface Results {
  readonly files: readonly FileOutcome[];
  readonly installs: readonly Install[];
  readonly progress: Progress;
  /** Makes a file anew without some of its changes. */
  readonly remake: Remake;
}

export interface Applied extends Pick<Results, "files" | "installs"> {
  /** What was checked on the written files. */
  readonly notes: readonly string[];
}

/**
 * Writes every change or none, and nothing at all unless the mode is `write`. Gives back the files as they were written:
 * a command that checks them may have had changes taken back.
 * @throws RefusedError when the tree is not in a state for it, or the command proves nothing; nothing is written then.
 */
export async function apply(results: Results, options: Options): Promise<Applied> {
  const { files, installs, progress } = results;
  const changes = options.mode === "write" ? changesOf([...files, ...installs], options) : [];
  if (changes.length === 0) return { files, installs, notes: [] };
  await refuseUnwritable(results, options);
  progress("apply", 0, changes.length);
  const signal = options.signal ?? new AbortController().signal;
  const command = typeof options.verify === "object" ? options.verify.command : null;
  if (command !== null) await baseline(files, { options, command, signal });
  const journal = await Journal.begin(options.root, changes);
  const { mark } = journal;
  try {
    await commit(changes, { signal, mark, onDone: (done) => progress("apply", done, changes.length) });
    const applied =
      command === null
        ? { files, installs, notes: [] }
        : await verified({ results, command, signal, journal }, options);
    journal.finish();
    return applied;
  } catch (thrown) {
    await restore(changes, { journal, cause: toError(thrown) });
    throw thrown;
  }
}

/**
 * What would refuse a write is better said before questions are asked.
 * @throws RefusedError when the tree is not in a state to be written.
 */
export async function refuseUnwritable(
  { files, installs }: Pick<Results, "files" | "installs">,
  options: Options,
): Promise<void> {
  const changes = changesOf([...files, ...installs], options);
  await refuseUnfinished(options.root);
  await guard(changes, options);
  preflight(changes);
}

interface Verification {
  readonly results: Results;
  readonly command: string;
  readonly signal: AbortSignal;
  readonly journal: Journal;
}

async function verified(
  { results, command, signal, journal }: Verification,
  options: Options,
): Promise<Applied> {
  const { files, installs, remake } = results;
  const show = (shown: readonly FileOutcome[]): Promise<void> =>
    rewriteAs(changesOf([...shown, ...withoutText(shown, files)], options), journal);
  const kept = await verifyCommand(files, { options, command, signal, remake, show });
  const owners = ownersOf(kept, options);
  const needed = installs.filter(({ file }) => owners.has(join(options.root, file)));
  const gone = installs.filter((install) => !needed.includes(install));
  await rewriteAs(
    changesOf(
      gone.map((one) => ({ ...one, after: one.before })),
      options,
    ),
    journal,
  );
  return { files: kept, installs: needed, notes: [`\`${command}\` passes on the written files`] };
}

type Written = FileOutcome | Install;

function changesOf(files: readonly Written[], { root }: Options): readonly Change[] {
  return files.flatMap((one) => {
    if ("status" in one && one.status !== "changed") return [];
    const { file, before, after } = one;
    return [{ file, path: join(root, file), before, after }];
  });
}

/** Files whose changes were all taken back hold their old text. */
function withoutText(shown: readonly FileOutcome[], files: readonly FileOutcome[]): readonly FileOutcome[] {
  const kept = new Set(shown.flatMap((one) => (one.status === "changed" ? [one.file] : [])));
  return files.flatMap((one) =>
    one.status === "changed" && !kept.has(one.file) ? [{ ...one, after: one.before }] : [],
  );
}

/** Goes from whatever the files hold now to other texts. */
async function rewriteAs(wanted: readonly Change[], journal: Journal): Promise<void> {
  const changes = differing(wanted);
  journal.expect(changes);
  await commit(changes, {
    signal: new AbortController().signal,
    mark: journal.mark,
    onDone: () => undefined,
  });
}

interface Failure {
  readonly journal: Journal;
  readonly cause: Error;
}

/** A signal must not stop this one. What somebody else wrote in the meantime is not overwritten. */
async function restore(changes: readonly Change[], { journal, cause }: Failure): Promise<void> {
  const wanted = changes.map((change) => ({ ...change, after: change.before }));
  const own = wanted.flatMap((change) => {
    const before = textNow(change.path);
    return before !== null && journal.wrote(change.path, before) ? [{ ...change, before }] : [];
  });
  const watch = { signal: new AbortController().signal, mark: journal.mark, onDone: () => undefined };
  try {
    await commit(own, watch);
  } catch (thrown) {
    throw new Error(`${cause.message}\n${toError(thrown).message}`, { cause });
  }
  journal.dropIfRestored();
  const foreign = wanted.filter(({ path, after }) => textNow(path) !== after);
  if (foreign.length === 0) return;
  const names = foreign.map(({ file }) => `  ${file}`).join("\n");
  throw new Error(
    `${cause.message}\nThese files hold what somebody else wrote, and were left so; their old content lies in ${journal.folder}.\n${names}`,
    { cause },
  );
}

function differing(wanted: readonly Change[]): readonly Change[] {
  return wanted
    .map((change) => ({ ...change, before: readFileSync(change.path, "utf8") }))
    .filter(({ before, after }) => before !== after);
}

/** Null when there is no file any more that can be read. */
function textNow(path: string): string | null {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true ? readFileSync(path, "utf8") : null;
}
