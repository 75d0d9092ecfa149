import { existsSync } from "node:fs";
import { dirname, isAbsolute, join, relative, sep } from "node:path";

/** The folder and all above it, the nearest first. */
export function* foldersUp(start: string): Generator<string, void> {
  for (let folder = start; ; folder = dirname(folder)) {
    yield folder;
    if (folder === dirname(folder)) return;
  }
}

/** The top of the git repository that the folder is part of; null where there is none. */
export function repositoryOf(folder: string): string | null {
  for (const current of foldersUp(folder)) if (existsSync(join(current, ".git"))) return current;
  return null;
}

/** The path is the folder itself or lies below it. */
export function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** The folder of a file, two steps deep at most: `packages/api` and `src/server` are each one. */
export const areaOf = (file: string): string => file.split("/").slice(0, -1).slice(0, 2).join("/") || ".";
