import { ConfigError } from "../errors.js";
import { git, parts, type GitAnswer } from "../git.js";
import type { Changes, Options } from "../types.js";

/** The part of the project that git calls changed. Paths are relative to the root, with `/`. */
export interface Changed {
  readonly files: ReadonlySet<string>;
  /** Text of files whose staged content is not what lies on the disk. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Tried in this order where nobody says what a branch is to be compared with. */
const bases = ["origin/HEAD", "origin/main", "origin/master", "main", "master"];

// Deleted files have nothing to look at; a rename is listed under its new name.
const existing = ["--name-only", "-z", "--relative", "--no-ext-diff", "--diff-filter=ACMRT"];

/**
 * Files that differ from the merge base with a ref, uncommitted and untracked ones included, or those that are staged.
 * @throws ConfigError when git cannot tell, with what to do.
 */
export async function changedFiles({ root }: Options, changes: Changes): Promise<Changed> {
  await answered(git(root, ["rev-parse", "--git-dir"]), (error) => noRepository(root, changes, error));
  if (changes.by === "staged") return staged(root);
  const base = await mergeBase(root, changes);
  const differing = await listed(root, ["diff", ...existing, base, "--"]);
  const untracked = await listed(root, ["ls-files", "-z", "--others", "--exclude-standard"]);
  return { files: new Set([...differing, ...untracked]), texts: new Map() };
}

async function staged(root: string): Promise<Changed> {
  const files = await listed(root, ["diff", "--cached", ...existing, "--"]);
  const touched = new Set(
    await listed(root, ["diff", "--name-only", "-z", "--relative", "--no-ext-diff", "--"]),
  );
  const texts = new Map<string, string>();
  for (const file of files.filter((one) => touched.has(one))) {
    const content = await answered(
      git(root, ["cat-file", "--filters", `:./${file}`]),
      (error) => new ConfigError(`--staged: git does not give the staged text of ${file}: ${error}`),
    );
    texts.set(file, content.toString("utf8"));
  }
  return { files: new Set(files), texts };
}

async function listed(root: string, args: readonly string[]): Promise<readonly string[]> {
  return parts(
    await answered(git(root, args), (error) => new ConfigError(`git ${args.join(" ")} failed: ${error}`)),
  );
}

async function mergeBase(root: string, changes: Exclude<Changes, { by: "staged" }>): Promise<string> {
  const ref = changes.by === "since" ? await known(root, changes.ref) : await firstKnown(root);
  if (ref === null) throw changes.by === "since" ? noRef(changes.ref) : noBase();
  const head = await known(root, "HEAD");
  // Before the first commit everything is new.
  if (head === null) return ref;
  const answer = await git(root, ["merge-base", ref, head]);
  if (answer.status === "done") return answer.stdout.toString("utf8").trim();
  throw noMergeBase(changes, await isShallow(root));
}

async function firstKnown(root: string): Promise<string | null> {
  for (const base of bases) {
    const commit = await known(root, base);
    if (commit !== null) return commit;
  }
  return null;
}

async function known(root: string, ref: string): Promise<string | null> {
  const answer = await git(root, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`]);
  return answer.status === "done" ? answer.stdout.toString("utf8").trim() : null;
}

async function isShallow(root: string): Promise<boolean> {
  const answer = await git(root, ["rev-parse", "--is-shallow-repository"]);
  return answer.status === "done" && answer.stdout.toString("utf8").trim() === "true";
}

async function answered(
  asking: Promise<GitAnswer>,
  error: (message: string) => ConfigError,
): Promise<Buffer> {
  const answer = await asking;
  if (answer.status === "failed") throw error(answer.error);
  return answer.stdout;
}

function noRepository(root: string, changes: Changes, error: string): ConfigError {
  return new ConfigError(
    `${flagOf(changes)} asks git, which does not know ${root}: ${error}\nRun it inside a git repository, or name paths instead.`,
  );
}

function noRef(ref: string): ConfigError {
  return new ConfigError(
    `--since: git knows no commit "${ref}".\nCheck its spelling with git rev-parse ${ref}. A build often fetches one branch only: run git fetch origin ${ref.replace(/^origin\//, "")} first, or check out with the whole history (fetch-depth: 0).`,
  );
}

function noBase(): ConfigError {
  return new ConfigError(
    `--changed: there is no branch to compare with (tried ${bases.join(", ")}).\nName one with --since <ref>.`,
  );
}

function noMergeBase(changes: Changes, shallow: boolean): ConfigError {
  const why = shallow
    ? "this clone is shallow and does not reach it.\nFetch the whole history: git fetch --unshallow, or fetch-depth: 0 in a build."
    : "the two histories have none.\nName a commit that the branch comes from with --since <ref>.";
  return new ConfigError(`${flagOf(changes)} needs the commit in which the branch began, but ${why}`);
}

function flagOf({ by }: Changes): string {
  return `--${by}`;
}
