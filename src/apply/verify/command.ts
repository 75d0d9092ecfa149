import { createRequire } from "node:module";
import { join } from "node:path";
import { RefusedError } from "../../errors.js";
import type { FileOutcome, Options } from "../../types.js";
import { git, parts } from "../../git.js";
import { currentHash } from "../journal.js";
import { hashOf } from "../../plan/index.js";
import { sitesIn, without, type Remake, type Site } from "./back-out.js";
import { guiltyIn, type Answer } from "./search.js";
import { runCommand } from "./shell.js";

/** The tree that a command runs on: writes other texts of the files, all or none. */
export interface Tree {
  readonly options: Options;
  readonly command: string;
  readonly signal: AbortSignal;
  readonly remake: Remake;
  readonly show: (files: readonly FileOutcome[]) => Promise<void>;
}

/**
 * A command that fails before anything is changed tells nothing afterwards.
 * @throws RefusedError when it does, when it changes the files, or when it could not load the runtime.
 */
export async function baseline(
  files: readonly FileOutcome[],
  tree: Omit<Tree, "remake" | "show">,
): Promise<void> {
  const { options, command } = tree;
  refuseUninstalled(files, options);
  const dirty = await modifiedIn(options.root);
  const answer = await ask(tree);
  refuseTouched(files, { tree, side: "before" });
  await refuseOthers(dirty, tree);
  if (!answer.ok)
    throw new RefusedError(
      `Nothing was written: the command fails before anything is changed, so that it can prove nothing.\n  ${command}\n${indented(answer.output)}`,
    );
}

/** The tree holds all changes. Takes back those that make the command fail; the others stay. */
export async function verifyCommand(
  files: readonly FileOutcome[],
  tree: Tree,
): Promise<readonly FileOutcome[]> {
  const all = await askWith(files, tree);
  if (all.ok) return files;
  const sites = files.flatMap((file) => sitesIn(file, tree.options.safety));
  const suspects = [...sites].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line));
  const reduced = async (kept: readonly Site[]): Promise<readonly FileOutcome[]> => {
    const left = new Map(suspects.filter((site) => !kept.includes(site)).map((site) => [site, ""]));
    return without(files, left, tree.remake);
  };
  const guilty = await guiltyIn({ base: [], suspects, output: all.output }, async (kept) => {
    return askWith(await reduced(kept), tree);
  });
  const why = new Map(
    [...guilty].map(([site, output]) => [site, `With this change, \`${tree.command}\` fails:\n${output}`]),
  );
  const rest = await without(files, why, tree.remake);
  const last = await askWith(rest, tree);
  if (last.ok) return rest;
  throw new RefusedError(
    `Nothing was written: the command fails even without the changes that made it fail, so that it can prove nothing.\n  ${tree.command}\n${indented(last.output)}`,
  );
}

async function askWith(files: readonly FileOutcome[], tree: Tree): Promise<Answer> {
  await tree.show(files);
  const answer = await ask(tree);
  refuseTouched(files, { tree, side: "after" });
  return answer;
}

function ask({ command, options, signal }: Pick<Tree, "command" | "options" | "signal">): Promise<Answer> {
  return runCommand({ text: command, folder: options.root, seconds: options.verifyTimeout, signal });
}

interface Seen {
  readonly tree: Pick<Tree, "command" | "options">;
  readonly side: "before" | "after";
}

/** A command that writes to the files that are written here would be undone, or undo the change. */
function refuseTouched(files: readonly FileOutcome[], { tree, side }: Seen): void {
  const touched = files.flatMap((file) =>
    file.status === "changed" && currentHash(join(tree.options.root, file.file)) !== hashOf(file[side])
      ? [file.file]
      : [],
  );
  if (touched.length === 0) return;
  throw new RefusedError(
    `Nothing was written: the command changed files that are to be written.\n  ${tree.command}\n${touched
      .map((file) => `  ${file}`)
      .join("\n")}\nGive a command that only looks.`,
  );
}

/** A command that changes what git keeps looks at another project each time: what it says cannot be compared. */
async function refuseOthers(dirty: readonly string[], { command, options }: Seen["tree"]): Promise<void> {
  const others = (await modifiedIn(options.root)).filter((file) => !dirty.includes(file));
  if (others.length === 0) return;
  throw new RefusedError(
    `Nothing was written: the command itself changed files of the project, and they are left so.\n  ${command}\n${others
      .map((file) => `  ${file}`)
      .join("\n")}\nGive a command that only looks.`,
  );
}

/** Tracked files that differ from what is staged; none without git. */
async function modifiedIn(root: string): Promise<readonly string[]> {
  const answer = await git(root, ["ls-files", "--modified", "-z"]);
  return answer.status === "done" ? parts(answer.stdout) : [];
}

/** Without the runtime every test fails, and the changes would be blamed. */
function refuseUninstalled(files: readonly FileOutcome[], { root, runtime }: Options): void {
  if (!/^(?:@[^/]+\/)?[^./][^/]*/.test(runtime)) return;
  const lost = files.find(
    (file) =>
      file.status === "changed" && file.after.includes(runtime) && !canLoad(join(root, file.file), runtime),
  );
  if (lost === undefined) return;
  throw new RefusedError(
    `Nothing was written: the command would run without "${runtime}", which ${lost.file} imports once it is changed.\nInstall it first (npm install ${runtime}).`,
  );
}

function canLoad(file: string, runtime: string): boolean {
  try {
    return createRequire(file).resolve(runtime) !== "";
  } catch (thrown) {
    // A package that only has an entry for `import` is there.
    return thrown instanceof Error && "code" in thrown && thrown.code === "ERR_PACKAGE_PATH_NOT_EXPORTED";
  }
}

function indented(text: string): string {
  return text
    .split("\n")
    .map((line) => `    ${line}`)
    .join("\n");
}
