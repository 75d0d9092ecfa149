import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { execPath } from "node:process";
import { createFilesMatcher, getTsconfig, parseTsconfig, type TsConfigJsonResolved } from "get-tsconfig";
import { ResourceContext } from "resource-context";
import { toError } from "../../errors.js";
import { readDiagnostics, type Diagnostic } from "./diagnostics.js";

/** One run of a compiler over one tsconfig. All paths are absolute. */
export interface Compilation {
  readonly compiler: string;
  readonly tsconfig: string;
  /** With references the projects are built in their order; a single one is only checked. */
  readonly by: "build" | "check";
  /** Folders that it would take in as well, though their files have a nearer tsconfig. */
  readonly leftOut: readonly string[];
}

/** The tsconfig that a file belongs to: the nearest one that includes it, else the nearest one of all. */
export function tsconfigOf(file: string, top: string): string | null {
  let nearest: string | null = null;
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const own = join(folder, "tsconfig.json");
    if (existsSync(own)) {
      if (hasReferences(own) || includes(own, file)) return own;
      nearest ??= own;
      const other = othersIn(folder).find((path) => includes(path, file));
      if (other !== undefined) return other;
    }
    if (folder === top || folder === dirname(folder)) return nearest;
  }
}

/** `tsconfig.test.json`, but not `tsconfig.base.json`, which others of the folder only build upon. */
function othersIn(folder: string): readonly string[] {
  const all = readdirSync(folder)
    .filter((name) => /^tsconfig(\..+)?\.json$/.test(name))
    .map((name) => join(folder, name));
  const bases = new Set(all.flatMap(basesOf));
  return all.filter((path) => path !== join(folder, "tsconfig.json") && !bases.has(path));
}

/** The files beside it that a tsconfig extends; it may hold comments, so no JSON parser reads them all. */
function basesOf(tsconfig: string): readonly string[] {
  const text = readFileSync(tsconfig, "utf8");
  const value = /"extends"\s*:\s*(\[[^\]]*\]|"[^"]*")/.exec(text)?.[1] ?? "";
  return [...value.matchAll(/"(\.[^"]*)"/g)].map(([, base = ""]) =>
    join(dirname(tsconfig), base.endsWith(".json") ? base : `${base}.json`),
  );
}

export function hasReferences(tsconfig: string): boolean {
  return referencesOf(tsconfig).length > 0;
}

/** The tsconfigs that are built before this one, however far away. */
export function builtBefore(tsconfig: string): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = [...referencesOf(tsconfig)];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    waiting.push(...referencesOf(next));
  }
  return found;
}

function referencesOf(tsconfig: string): readonly string[] {
  return (settingsOf(tsconfig)?.references ?? []).map(({ path }) => {
    const target = resolve(dirname(tsconfig), path);
    return target.endsWith(".json") ? target : join(target, "tsconfig.json");
  });
}

/** A tsconfig that cannot be read is the compiler's to complain about. */
function settingsOf(tsconfig: string): TsConfigJsonResolved | null {
  try {
    return parseTsconfig(tsconfig);
  } catch {
    return null;
  }
}

/** JavaScript is nothing to a compiler that was not told to read it. */
export function isRead(file: string, tsconfig: string): boolean {
  if (!/\.[cm]?jsx?$/.test(file)) return true;
  const { allowJs, checkJs } = settingsOf(tsconfig)?.compilerOptions ?? {};
  return allowJs ?? checkJs ?? false;
}

/**
 * A tsconfig that names no files takes in all that lie below: in a repository of many packages each of them a second
 * time, with settings that are not theirs. The folders with a tsconfig of their own are left to that one.
 */
export function ownedByOthers(tsconfig: string): readonly string[] {
  const settings = settingsOf(tsconfig);
  if (settings === null || settings.include !== undefined || settings.files !== undefined) return [];
  return foldersBelow(dirname(tsconfig));
}

function foldersBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (!entry.isDirectory() || entry.name === "node_modules" || entry.name.startsWith(".")) return [];
    const path = join(folder, entry.name);
    return existsSync(join(path, "tsconfig.json")) ? [path] : foldersBelow(path);
  });
}

/** The same settings for fewer files. Paths are relative to the tsconfig. */
export function narrowed({ tsconfig, leftOut }: Compilation): string {
  const { exclude, compilerOptions: { outDir, declarationDir } = {} } = settingsOf(tsconfig) ?? {};
  const usual = exclude ?? [outDir, declarationDir].filter((path) => path !== undefined);
  const others = leftOut.map((path) => relative(dirname(tsconfig), path).split(sep).join("/"));
  return JSON.stringify({ extends: `./${basename(tsconfig)}`, exclude: [...usual, ...others] });
}

/** A tsconfig that cannot be read is the compiler's to complain about. */
function includes(tsconfig: string, file: string): boolean {
  try {
    const found = getTsconfig(dirname(tsconfig), tsconfig.slice(dirname(tsconfig).length + 1));
    return found !== null && createFilesMatcher(found)(file) !== undefined;
  } catch {
    return false;
  }
}

/** The project's own compiler: of Vue's where it is installed and Vue files change, else TypeScript's. */
export function compilerOf(tsconfig: string, names: readonly string[]): string | null {
  const bins: Readonly<Record<string, string>> = {
    "vue-tsc": "vue-tsc/bin/vue-tsc.js",
    typescript: "typescript/bin/tsc",
  };
  for (const name of names) {
    for (let folder = dirname(tsconfig); ; folder = dirname(folder)) {
      const path = join(folder, "node_modules", bins[name] ?? name);
      if (existsSync(path)) return path;
      if (folder === dirname(folder)) break;
    }
  }
  return null;
}

/** What a compiler says; `failed` when it crashed or could not start. */
export type Compiled =
  | { readonly status: "done"; readonly diagnostics: readonly Diagnostic[] }
  | { readonly status: "failed"; readonly error: string };

export interface Place {
  /** The folder to run in: diagnostics are relative to it. */
  readonly folder: string;
  /** Where the compiler may keep what it learnt, for the next run. */
  readonly buildInfo: string;
  readonly signal: AbortSignal;
}

/** Ends with the signal, and with the program. */
export function compile({ compiler, tsconfig, by }: Compilation, place: Place): Promise<Compiled> {
  const check = ["--noEmit", "--emitDeclarationOnly", "false", "--incremental"];
  const single = ["-p", tsconfig, ...check, "--tsBuildInfoFile", place.buildInfo];
  const args = [compiler, ...(by === "build" ? ["-b", tsconfig] : single), "--pretty", "false"];
  const settings = {
    cwd: place.folder,
    encoding: "utf8",
    maxBuffer: Number.MAX_SAFE_INTEGER,
    windowsHide: true,
  } as const;
  return new Promise((resolve, reject) => {
    const child = execFile(execPath, args, settings, (error, stdout, stderr) => {
      place.signal.removeEventListener("abort", stop);
      if (place.signal.aborted) return reject(toError(place.signal.reason));
      const diagnostics = readDiagnostics(stdout);
      const isSilent = error !== null && diagnostics.length === 0;
      if (!isSilent) return resolve({ status: "done", diagnostics });
      const said = `${stderr}${stdout}`.trim().split("\n").slice(-5).join("\n");
      resolve({ status: "failed", error: said === "" ? error.message : said });
    });
    const stop = (): void => void child.kill();
    place.signal.addEventListener("abort", stop);
    ResourceContext.root.process(child);
  });
}
