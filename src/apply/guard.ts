import { dirname, relative, sep } from "node:path";
import { RefusedError } from "../errors.js";
import { git, parts } from "../git.js";
import type { Options } from "../types.js";
import type { Change } from "./commit.js";
import { repositoryOf } from "../folders.js";

interface Trouble {
  readonly file: string;
  readonly needs: keyof Options["allow"];
}

/** Refuses to write files whose present state git could not bring back. Other files do not matter. */
export async function guard(changes: readonly Change[], { allow }: Options): Promise<void> {
  const groups = byRepository(changes);
  const troubles = await Promise.all([...groups].map(([top, files]) => troublesIn(top, files)));
  const open = troubles.flat().filter((trouble) => !allow[trouble.needs]);
  if (open.length > 0) throw new RefusedError(refusal(open));
}

function byRepository(changes: readonly Change[]): ReadonlyMap<string | null, readonly Change[]> {
  const groups = new Map<string | null, Change[]>();
  for (const change of changes) {
    const top = repositoryOf(dirname(change.path));
    groups.set(top, [...(groups.get(top) ?? []), change]);
  }
  return groups;
}

const atOnce = 500;

async function troublesIn(top: string | null, changes: readonly Change[]): Promise<readonly Trouble[]> {
  if (top === null) return changes.map(({ file }): Trouble => ({ file, needs: "noVcs" }));
  const troubles: Trouble[] = [];
  for (let index = 0; index < changes.length; index += atOnce)
    troubles.push(...(await statusOf(top, changes.slice(index, index + atOnce))));
  return troubles;
}

async function statusOf(top: string, changes: readonly Change[]): Promise<readonly Trouble[]> {
  const named = new Map(changes.map(({ path, file }) => [relative(top, path).split(sep).join("/"), file]));
  const status = await lines(
    top,
    ["status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=no"],
    named,
  );
  const tracked = new Set(await lines(top, ["ls-files", "-z"], named));
  const unkept = [...named].filter(([path]) => !tracked.has(path));
  return [
    ...status.flatMap((line) => {
      const file = named.get(line.slice(3)) ?? line.slice(3);
      return [
        ...(line[0] === " " ? [] : [{ file, needs: "staged" } as const]),
        ...(line[1] === " " ? [] : [{ file, needs: "dirty" } as const]),
      ];
    }),
    ...unkept.map(([, file]): Trouble => ({ file, needs: "dirty" })),
  ];
}

async function lines(
  top: string,
  args: readonly string[],
  named: ReadonlyMap<string, string>,
): Promise<readonly string[]> {
  const answer = await git(top, ["--literal-pathspecs", ...args, "--", ...named.keys()]);
  if (answer.status === "done") return parts(answer.stdout);
  throw new RefusedError(`Nothing was written: git cannot tell the state of ${top}.\n${answer.error}`);
}

const explanation: Readonly<
  Record<Trouble["needs"], { readonly state: string; readonly flag: string; readonly first: string }>
> = {
  dirty: {
    state: "has changes that are not committed",
    flag: "--allow-dirty",
    first: "Commit or stash them",
  },
  staged: { state: "has staged changes", flag: "--allow-staged", first: "Commit them" },
  noVcs: { state: "is not in a git repository", flag: "--allow-no-vcs", first: "Keep a copy" },
};

function refusal(troubles: readonly Trouble[]): string {
  const shown = troubles.slice(0, 10).map(({ file, needs }) => `  ${file} ${explanation[needs].state}`);
  const more = troubles.length > shown.length ? [`  and ${String(troubles.length - shown.length)} more`] : [];
  const ways = [...new Set(troubles.map(({ needs }) => needs))].map((needs) => {
    return `${explanation[needs].first}, or pass ${explanation[needs].flag}.`;
  });
  return [
    "Nothing was written: git could not bring back what would be overwritten.",
    ...shown,
    ...more,
    ...ways,
  ].join("\n");
}
