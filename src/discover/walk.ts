import ignore, { type Ignore } from "ignore";
import { existsSync, readdirSync, readFileSync, type Dirent } from "node:fs";
import { join, relative, sep } from "node:path";
import { toError } from "../errors.js";
import type { Skipped } from "../types.js";
import type { Failure, Listing } from "./listing.js";
import { folderPassedOver } from "./paths.js";
import { foldersUp } from "../folders.js";

/** The rules of one .gitignore, and the folder they are relative to, itself relative to the root. */
interface Level {
  readonly base: string;
  readonly rules: Ignore;
  /** A deeper `!folder/` has overruled this level: its verdict about the folder no longer counts for what is inside. */
  readonly overruled: boolean;
}

interface Walk extends Listing {
  readonly root: string;
  readonly gitignore: boolean;
  readonly files: string[];
  readonly repositories: string[];
  readonly skipped: Skipped[];
  readonly failures: Failure[];
}

/** Every file below a folder, for trees that git cannot be asked about. Links are not followed. */
export function walk(root: string, gitignore: boolean): Listing {
  const state: Walk = { root, gitignore, files: [], repositories: [], skipped: [], failures: [] };
  visit(state, "", gitignore ? levelsAbove(root) : []);
  return state;
}

function visit(state: Walk, folder: string, above: readonly Level[]): void {
  const entries = entriesOf(state, folder);
  if (folder !== "" && state.gitignore && entries.some((entry) => entry.name === ".git")) {
    state.repositories.push(folder.slice(0, -1));
    return;
  }
  const levels = state.gitignore ? withOwnRules(state, folder, { entries, above }) : above;
  for (const entry of entries) {
    const path = folder + entry.name;
    if (entry.isFile() && !isIgnored(levels, path)) state.files.push(path);
    if (entry.isDirectory() && entry.name !== ".git") enter(state, path + "/", levels);
  }
}

function entriesOf(state: Walk, folder: string): readonly Dirent[] {
  try {
    return readdirSync(join(state.root, folder), { withFileTypes: true });
  } catch (thrown) {
    state.failures.push({
      file: folder.slice(0, -1) || ".",
      stage: "discover",
      error: toError(thrown).message,
    });
    return [];
  }
}

function enter(state: Walk, folder: string, levels: readonly Level[]): void {
  const skipped = folderPassedOver(folder);
  if (skipped) state.skipped.push(skipped);
  else if (!isIgnored(levels, folder))
    visit(
      state,
      folder,
      levels.map((level) => inside(level, folder)),
    );
}

function inside(level: Level, folder: string): Level {
  return level.overruled || rejects(level, folder) ? { ...level, overruled: true } : level;
}

function withOwnRules(
  state: Walk,
  folder: string,
  found: { readonly entries: readonly Dirent[]; readonly above: readonly Level[] },
): readonly Level[] {
  if (!found.entries.some((entry) => entry.name === ".gitignore" && entry.isFile())) return found.above;
  return [levelOf(join(state.root, folder, ".gitignore"), folder), ...found.above];
}

/** The deepest .gitignore with an opinion decides. */
function isIgnored(levels: readonly Level[], path: string): boolean {
  for (const level of levels) {
    const verdict = level.rules.test(bytewise(seenFrom(level, path)));
    if (verdict.ignored) return true;
    if (verdict.unignored) return false;
  }
  return false;
}

function rejects(level: Level, folder: string): boolean {
  return level.rules.test(bytewise(seenFrom(level, folder))).ignored;
}

function seenFrom(level: Level, path: string): string {
  if (level.overruled) return path.slice(path.lastIndexOf("/", path.length - 2) + 1);
  return level.base.startsWith("../") ? level.base.slice(3) + path : path.slice(level.base.length);
}

/** git matches bytes: to it, `?` is half an umlaut. */
function bytewise(path: string): string {
  return Buffer.from(path, "utf8").toString("latin1");
}

/** Rules of folders above the root count up to the folder that holds `.git`, as they do for git. */
function levelsAbove(root: string): readonly Level[] {
  const levels: Level[] = [];
  for (const folder of foldersUp(root)) {
    const below = relative(folder, root).split(sep).join("/");
    if (folder !== root) levels.push(...levelIfAny(join(folder, ".gitignore"), `../${below}/`));
    if (existsSync(join(folder, ".git"))) {
      const exclude = join(folder, ".git", "info", "exclude");
      return [...levels, ...levelIfAny(exclude, below === "" ? "" : `../${below}/`)];
    }
  }
  return [];
}

function levelIfAny(file: string, base: string): readonly Level[] {
  return existsSync(file) ? [levelOf(file, base)] : [];
}

function levelOf(file: string, base: string): Level {
  const text = readFileSync(file, "latin1").replace(/^\u00ef\u00bb\u00bf/, "");
  const rules = ignore({ ignorecase: false, allowRelativePaths: true }).add(text);
  return { base, rules, overruled: false };
}
