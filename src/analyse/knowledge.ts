import { modelOf } from "./acquisitions.js";
import { exportedNames, exportedOrigin, starredModules } from "./exports.js";
import { definingFile, type Inferred, type InferredLookup } from "./inferred.js";
import type { ExportLookup, Origin } from "./origins.js";
import type { Unit } from "./unit.js";

/** What one file hands on to others, and what its functions and classes acquire for their callers, by path. */
export interface FileKnowledge {
  readonly file: string;
  readonly exports: ReadonlyMap<string, Origin>;
  readonly summaries: ReadonlyMap<string, Inferred>;
}

/**
 * What is known about functions of the project so far: those that pass a catalogued function on, and those that acquire
 * by themselves. Holds names and models, no syntax trees: it stays small, however large the project is.
 */
export class ProjectKnowledge {
  private readonly files = new Map<string, FileKnowledge>();
  private readonly names = new Set<string>();

  constructor(private readonly resolve: (fromFile: string, specifier: string) => string | undefined) {}

  readonly exportsOf: ExportLookup = (fromFile, specifier, name) => {
    if (!this.names.has(name)) return undefined;
    const file = this.resolve(fromFile, specifier);
    return file === undefined ? undefined : this.files.get(file)?.exports.get(name);
  };

  readonly inferredOf: InferredLookup = (origin) => {
    const file = definingFile(origin);
    return file === undefined ? undefined : this.files.get(file)?.summaries.get(origin.path.join("."));
  };

  /** Every name that a module of the project is known to hand on. */
  readonly namesOf = (fromFile: string, specifier: string): readonly string[] => {
    if (this.names.size === 0) return [];
    const file = this.resolve(fromFile, specifier);
    return file === undefined ? [] : [...(this.files.get(file)?.exports.keys() ?? [])];
  };

  /** It, or a member of it, acquires. */
  readonly holdsBelow = (origin: Origin): boolean => {
    const summaries = this.files.get(definingFile(origin) ?? "")?.summaries;
    return summaries !== undefined && keysBelow(origin, summaries).length > 0;
  };

  /** Takes a round's results over; gives the names that are new, by file. */
  learn(found: readonly FileKnowledge[]): ReadonlyMap<string, ReadonlySet<string>> {
    const fresh = new Map<string, ReadonlySet<string>>();
    for (const one of found) {
      const before = this.files.get(one.file);
      const added = [...one.exports].filter(([name]) => before?.exports.has(name) !== true);
      const grown = [...one.exports].filter(([, origin]) => this.isDeeper(origin, one));
      if (added.length + grown.length > 0)
        fresh.set(one.file, new Set([...added, ...grown].map(([name]) => name)));
    }
    for (const one of found) {
      this.files.set(one.file, one);
      for (const name of one.exports.keys()) this.names.add(name);
    }
    return fresh;
  }

  /** More is known about what is behind a name than before: a class has got a factory that acquires. */
  private isDeeper(origin: Origin, { file, summaries }: FileKnowledge): boolean {
    if (definingFile(origin) !== file) return false;
    const before = this.files.get(file)?.summaries;
    return before !== undefined && keysBelow(origin, summaries).some((key) => !before.has(key));
  }
}

/** What a file hands on, seen with what is known about the others. */
export function knowledgeOf(
  unit: Unit,
  summaries: FileKnowledge["summaries"],
  known: Pick<ProjectKnowledge, "exportsOf" | "namesOf" | "holdsBelow">,
): FileKnowledge {
  const starred = starredModules(unit).flatMap((module) =>
    unit.catalogue.modules.has(module.replace(/^node:/, ""))
      ? unit.catalogue.names
      : known.namesOf(unit.path, module),
  );
  const names = new Set([...exportedNames(unit), ...starred]);
  const exports = [...names].flatMap((name) => {
    const origin = exportedOrigin(unit, name, known.exportsOf);
    return origin !== undefined && isAcquiring(origin, { unit, summaries, known })
      ? [[name, origin] as const]
      : [];
  });
  return { file: unit.path, exports: new Map(exports), summaries };
}

interface Around {
  readonly unit: Unit;
  readonly summaries: FileKnowledge["summaries"];
  readonly known: Pick<ProjectKnowledge, "holdsBelow">;
}

/** Others can acquire with it: it is catalogued, a whole module of the catalogue, or something of a file that acquires. */
function isAcquiring(origin: Origin, { unit, summaries, known }: Around): boolean {
  const file = definingFile(origin);
  if (file === unit.path) return keysBelow(origin, summaries).length > 0;
  if (file !== undefined) return known.holdsBelow(origin);
  return origin.path.length === 0
    ? unit.catalogue.modules.has(origin.module)
    : modelOf(origin, unit.catalogue) !== undefined;
}

function keysBelow({ path }: Origin, summaries: FileKnowledge["summaries"]): readonly string[] {
  const own = path.join(".");
  return [...summaries.keys()].filter((key) => key === own || key.startsWith(`${own}.`));
}
