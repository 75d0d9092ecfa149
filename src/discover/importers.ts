import { notHandWritten } from "./generated.js";
import { loadsTestRunner } from "./prefilter.js";
import { readText } from "./read.js";

/** Names that a file takes from a module; "all" for whatever gives access to everything in it. */
interface Taken {
  readonly file: string;
  readonly specifier: string;
  readonly names: readonly string[] | "all";
}

/** What the modules of the project newly hand on: names by file. */
export type Offered = ReadonlyMap<string, ReadonlySet<string>>;

/** Which file takes what from where, read from the text: the prefilter, run again for names of the project. */
export class Importers {
  private taken: readonly Taken[] | undefined;

  constructor(
    private readonly files: readonly string[],
    private readonly options: { readonly root: string; readonly includeTests: boolean },
  ) {}

  /** The files that take one of the names, sorted. */
  of(offered: Offered, resolve: (file: string, specifier: string) => string | undefined): readonly string[] {
    const names = new Set([...offered.values()].flatMap((one) => [...one]));
    const found = new Set<string>();
    for (const { file, specifier, names: taken } of this.all()) {
      if (found.has(file) || (taken !== "all" && !taken.some((one) => names.has(one)))) continue;
      const target = resolve(file, specifier);
      const known = target === undefined ? undefined : offered.get(target);
      if (known !== undefined && (taken === "all" || taken.some((one) => known.has(one)))) found.add(file);
    }
    return [...found].filter((file) => this.isOwn(file)).sort();
  }

  /** What some files import, directly or not, and the files themselves: all that a verdict about them can depend on. */
  closure(
    of: Iterable<string>,
    resolve: (file: string, specifier: string) => string | undefined,
  ): ReadonlySet<string> {
    const byFile = new Map<string, Taken[]>();
    for (const one of this.all()) byFile.set(one.file, [...(byFile.get(one.file) ?? []), one]);
    const found = new Set(of);
    for (const file of found)
      for (const { specifier } of byFile.get(file) ?? []) {
        const target = resolve(file, specifier);
        if (target !== undefined) found.add(target);
      }
    return found;
  }

  private all(): readonly Taken[] {
    return (this.taken ??= this.files.flatMap((file) => {
      const reading = readText(this.options.root, file);
      return reading.status === "read" ? takenBy(file, reading.text) : [];
    }));
  }

  private isOwn(file: string): boolean {
    const reading = readText(this.options.root, file);
    if (reading.status !== "read" || notHandWritten(file, reading.text) !== null) return false;
    return this.options.includeTests || !loadsTestRunner(reading.text);
  }
}

const statements = /\b(?:import|export)\s+(?!type\s)([^'"`;()=]*?)\s*\bfrom\s*(['"])([^'"\n]+)\2/g;
const calls = /(?:\{([^{}]*)\}\s*=\s*(?:await\s+)?)?\b(?:require|import)\s*\(\s*(['"`])([^'"`\n]+)\2/g;

function takenBy(file: string, text: string): readonly Taken[] {
  const found: Taken[] = [];
  for (const [, clause = "", , specifier = ""] of text.matchAll(statements))
    found.push({ file, specifier, names: namesOf(clause) });
  for (const [, names, , specifier = ""] of text.matchAll(calls))
    found.push({ file, specifier, names: names === undefined ? "all" : namesIn(names) });
  return found.filter(({ specifier }) => !specifier.startsWith("node:"));
}

function namesOf(clause: string): readonly string[] | "all" {
  if (clause.includes("*")) return "all";
  const braces = /\{([^{}]*)\}/.exec(clause)?.[1] ?? "";
  const isDefault = /^[\w$]/.test(clause);
  return [...namesIn(braces), ...(isDefault ? ["default"] : [])];
}

/** `start as run`, `start: run`, `type Server`: the name in the other module comes first. */
function namesIn(braces: string): readonly string[] {
  return braces.split(",").flatMap((one) => {
    const name = /^\s*(?:type\s+)?([\w$]+)/.exec(one)?.[1];
    return name === undefined ? [] : [name];
  });
}
