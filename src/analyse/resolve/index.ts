import { isBuiltin } from "node:module";
import path from "node:path";
import { type Cache, createPathsMatcher, getTsconfig, type PathsMatcher } from "get-tsconfig";
import { noteAsked } from "../../disk.js";
import { isProjectModule } from "../specifiers.js";
import { resolveFile, resolveModule } from "../modules.js";
import { Packages } from "./packages.js";

/**
 * Finds the project file behind a specifier: a path, an alias of the nearest tsconfig.json, `#name` of the nearest
 * package.json, or a package of the same repository. What is installed from elsewhere is no file of the project.
 */
export class Modules {
  private readonly packages: Packages;
  private readonly matchers = new Map<string, PathsMatcher | null>();
  private readonly cache: Cache = new Map();
  private readonly known = new Map<string, string | undefined>();

  /** `files`: every file that may belong to a package of the repository. */
  constructor(
    private readonly root: string,
    files: readonly string[],
  ) {
    this.packages = new Packages(root, files);
  }

  resolve(fromFile: string, specifier: string): string | undefined {
    if (isBuiltin(specifier)) return undefined;
    const folder = path.posix.dirname(fromFile);
    const key = `${folder}\n${specifier}`;
    if (!this.known.has(key)) this.known.set(key, this.find(fromFile, specifier));
    return this.known.get(key);
  }

  private find(fromFile: string, specifier: string): string | undefined {
    if (isProjectModule(specifier)) return resolveModule(this.root, fromFile, specifier);
    if (specifier.startsWith("#")) {
      const imported = this.packages.imported(path.posix.dirname(fromFile), specifier);
      if (imported !== undefined) return imported;
    }
    return this.aliased(fromFile, specifier) ?? this.packages.exported(specifier);
  }

  private aliased(fromFile: string, specifier: string): string | undefined {
    const match = this.matcherFor(path.posix.dirname(fromFile));
    const found = match?.(specifier) ?? [];
    for (const candidate of found) {
      const file = resolveFile(this.root, path.relative(this.root, candidate).replaceAll(path.sep, "/"));
      if (file !== undefined) return file;
    }
    return undefined;
  }

  /** A tsconfig.json that cannot be read has no aliases: the project's own compiler will complain about it. */
  private matcherFor(folder: string): PathsMatcher | null {
    const known = this.matchers.get(folder);
    if (known !== undefined) return known;
    const matcher = readMatcher(path.join(this.root, folder), this.cache);
    this.matchers.set(folder, matcher);
    return matcher;
  }
}

function readMatcher(folder: string, cache: Cache): PathsMatcher | null {
  const noted = cache.size;
  try {
    const config = getTsconfig(folder, "tsconfig.json", cache) ?? getTsconfig(folder, "jsconfig.json", cache);
    return config === null ? null : createPathsMatcher(config);
  } catch (thrown) {
    if (thrown instanceof Error) return null;
    throw thrown;
  } finally {
    noteNew(cache, noted);
  }
}

/** What `get-tsconfig` calls, and the question that it is for us. */
const questions = {
  existsSync: "exists",
  statSync: "file",
  readFileSync: "text",
  realpathSync: "real",
} as const;

/** Its cache is keyed by what it asks the disk for, in that order: `existsSync:/project/tsconfig.json`. */
function noteNew(cache: Cache, noted: number): void {
  for (const key of [...cache.keys()].slice(noted)) {
    const [, call = "", path = ""] = /^(\w+):(.+?)(?::utf8)?$/.exec(key) ?? [];
    const question = Object.entries(questions).find(([name]) => name === call)?.[1];
    if (question !== undefined) noteAsked(question, path);
  }
}
