import { realpathSync, statSync, type Stats } from "node:fs";
import { isAbsolute, relative, resolve, sep } from "node:path";
import { ConfigError } from "../errors.js";
import { type Changed, changedFiles } from "./changes.js";
import type { Options } from "../types.js";
import { isWithin } from "../folders.js";

/** The part of the project that the user asked for. Paths are relative to the root, with `/`. */
export interface Selection {
  /** Files named one by one: looked at even if they are tests or ignored by git. */
  readonly files: ReadonlySet<string>;
  /** Folders, without a `/` at the end; the root itself is the empty string. */
  readonly folders: readonly string[];
  readonly patterns: readonly Pattern[];
  /** Of these, only the files that changed. */
  readonly changed: Changed | null;
}

interface Pattern {
  readonly glob: string;
  readonly matches: (file: string) => boolean;
}

type Target =
  | { readonly type: "file" | "folder"; readonly path: string }
  | { readonly type: "pattern"; readonly pattern: Pattern };

/** Sorts the paths of the user into files, folders and globs. What exists is never a glob: `pages/[id].ts`. */
export async function select(options: Options): Promise<Selection> {
  const targets = await Promise.all(options.paths.map((path) => targetOf(options.root, path)));
  return {
    files: new Set(targets.flatMap((target) => (target.type === "file" ? [target.path] : []))),
    folders: targets.flatMap((target) => (target.type === "folder" ? [target.path] : [])),
    patterns: targets.flatMap((target) => (target.type === "pattern" ? [target.pattern] : [])),
    changed: options.changes === null ? null : await changedFiles(options, options.changes),
  };
}

/** True for a file that some path of the user covers. */
export function covers(selection: Selection, file: string): boolean {
  if (selection.changed !== null && !selection.changed.files.has(file)) return false;
  return (
    selection.folders.some((folder) => isBelow(folder, file)) ||
    selection.files.has(file) ||
    selection.patterns.some((pattern) => pattern.matches(file))
  );
}

export function isBelow(folder: string, file: string): boolean {
  return folder === "" || file.startsWith(`${folder}/`);
}

async function targetOf(root: string, path: string): Promise<Target> {
  const found = statOf(resolve(root, path));
  if (found)
    return {
      type: found.isDirectory() ? "folder" : "file",
      path: inside(root, path, realpathSync(resolve(root, path))),
    };
  // Most runs name no glob and need not wait for its library.
  const { default: picomatch } = await import("picomatch");
  const { base, isGlob } = picomatch.scan(path);
  if (!isGlob) throw new ConfigError(missing(root, path));
  inside(root, path, resolve(root, base));
  return {
    type: "pattern",
    pattern: { glob: path, matches: picomatch(relativeGlob(root, path), { dot: true }) },
  };
}

function relativeGlob(root: string, path: string): string {
  if (isAbsolute(path)) return relative(root, path).split(sep).join("/");
  return (sep === "\\" ? path.replaceAll("\\", "/") : path).replace(/^(?:\.\/)+/, "");
}

function inside(root: string, given: string, absolute: string): string {
  if (isWithin(absolute, root)) return relative(root, absolute).split(sep).join("/");
  throw new ConfigError(
    `"${given}" lies outside the project ${root}.\nExpected paths inside it. Run the command from a folder that holds them all, or name that folder with --cwd.`,
  );
}

function missing(root: string, path: string): string {
  return `"${path}" does not exist in ${root}.\nExpected a file, a folder or a glob such as "src/**/*.ts".`;
}

function statOf(path: string): Stats | null {
  return statSync(path, { throwIfNoEntry: false }) ?? null;
}
