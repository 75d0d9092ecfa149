import { readFileSync } from "node:fs";
import { join } from "node:path";
import { git, parts } from "../git.js";
import type { Skipped, Stage } from "../types.js";

export interface Failure {
  readonly file: string;
  readonly stage: Stage;
  readonly error: string;
}

/** What lies below a folder. Paths are relative to it, with `/`. */
export interface Listing {
  readonly files: readonly string[];
  /** Folders that are git repositories of their own: submodules, clones, linked worktrees. */
  readonly repositories: readonly string[];
  readonly skipped: readonly Skipped[];
  readonly failures: readonly Failure[];
}

/** All files that the ignore rules leave. Inside a repository git itself says which. */
export async function list(folder: string, gitignore: boolean): Promise<Listing> {
  const listed = gitignore ? await ask(folder) : null;
  return listed ?? withRepositories(folder, await walked(folder, gitignore));
}

async function walked(folder: string, gitignore: boolean): Promise<Listing> {
  const { walk } = await import("./walk.js");
  return walk(folder, gitignore);
}

async function ask(folder: string): Promise<Listing | null> {
  const answer = await git(folder, ["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
  if (answer.status === "failed") return null;
  const paths = parts(answer.stdout);
  const clones = paths.filter((path) => path.endsWith("/")).map((path) => path.slice(0, -1));
  // A file in conflict is listed once per side.
  const files = [...new Set(paths.filter((path) => !path.endsWith("/")))];
  return { files, repositories: [...clones, ...submodules(folder, files)], skipped: [], failures: [] };
}

function submodules(folder: string, files: readonly string[]): readonly string[] {
  if (!files.includes(".gitmodules")) return [];
  const text = readFileSync(join(folder, ".gitmodules"), "utf8");
  return [...text.matchAll(/^\s*path\s*=\s*(.+?)\s*$/gm)].map((match) => match[1] ?? "");
}

/** Outside any repository, each repository below is asked for its own files. */
async function withRepositories(folder: string, outer: Listing): Promise<Listing> {
  const inner = await Promise.all(outer.repositories.map((path) => listBelow(folder, path)));
  const all = [{ ...outer, repositories: [] }, ...inner];
  return {
    files: all.flatMap((listing) => listing.files),
    repositories: all.flatMap((listing) => listing.repositories),
    skipped: all.flatMap((listing) => listing.skipped),
    failures: all.flatMap((listing) => listing.failures),
  };
}

/** The same for a folder below another one, with paths relative to that one. */
export async function listBelow(root: string, folder: string): Promise<Listing> {
  const found = (await ask(join(root, folder))) ?? (await walked(join(root, folder), true));
  const under = (path: string): string => `${folder}/${path}`;
  return {
    files: found.files.map(under),
    repositories: found.repositories.map(under),
    skipped: found.skipped.map((entry) => ({ ...entry, path: under(entry.path) })),
    failures: found.failures.map((entry) => ({ ...entry, file: under(entry.file) })),
  };
}
