import { readFileSync } from "node:fs";
import path from "node:path";
import { once } from "../catalogue/index.js";
import type { CatalogueIndex } from "../catalogue/indexed.js";
import type { Kind } from "../types.js";
import { isProjectModule } from "./specifiers.js";
import { resolveModule } from "./modules.js";

const replaces =
  /\b(?:mock|doMock|unstable_mockModule|setMock|replaceEsm|module|rewiremock|spyOn|stub|replace|method|define|registerMock|quibble|esm|__set__)\s*(?:<[^>]*>)?\(\s*(?:import\()?\s*(?:(['"`])([^'"`]+)\1|(\w+))/g;
/** `proxyquire("./save", { fs: .. })`: the first argument is what is loaded, and the keys of the second what it gets. */
const loadsWith =
  /\b(?:proxyquire(?:\s*\.\s*\w+\s*\(\s*\))*|esmock(?:\s*\.\s*\w+)?|rewire)\s*(?:<[^>]*>)?\(\s*(['"`])([^'"`\n]+)\1/g;
const keys = /(?:^|[{,\s])(?:(['"`])([^'"`\n]+)\1|(\w+))\s*:/g;
const inMemory = /['"](mock-fs|memfs|memfs\/[^'"]*)['"]/;
/** The kinds that come from a module. */
const kindsByModule = once(({ models }: CatalogueIndex) => {
  const found = new Map<string, Set<Kind>>();
  for (const { kind, acquire } of models)
    for (const module of acquire.modules) found.set(module, (found.get(module) ?? new Set()).add(kind));
  return found;
});

/**
 * Which files tests load while a catalogued module is replaced. There an adopted handle is a fake and an
 * atomic write goes past the fake: such sites are `likely` at best.
 */
export function findMocked({ root, tests, catalogue }: Tests): Mocked {
  const graph = new ImportGraph(root);
  const replaced = new Set<string>();
  const reached = new Map<Kind, Set<string>>();
  for (const test of tests) {
    const text = readFileSync(path.join(root, test), "utf8");
    const { kinds, stubs } = replacedBy(text, kindsByModule(catalogue));
    const loaded = [...text.matchAll(loadsWith)].flatMap(
      ([, , specifier = ""]) => resolveModule(root, test, specifier) ?? [],
    );
    for (const stub of stubs) replaced.add(resolveModule(root, test, stub) ?? "");
    for (const kind of kinds) {
      const found = reached.get(kind) ?? new Set();
      graph.reach(test, { stubs, loaded }, found);
      reached.set(kind, found);
    }
  }
  return {
    isMocked: (file, kind) => reached.get(kind)?.has(file) === true,
    isReplaced: (file) => replaced.has(file),
  };
}

interface Tests {
  readonly root: string;
  /** Those that replace something. */
  readonly tests: readonly string[];
  readonly catalogue: CatalogueIndex;
}

export interface Mocked {
  /** A test loads the file while what such resources come from is replaced. */
  readonly isMocked: (file: string, kind: Kind) => boolean;
  /** A test puts something else in the place of the file: what its functions give may be a fake. */
  readonly isReplaced: (file: string) => boolean;
}

/** The kinds a test replaces, and the project modules it replaces: those are not loaded. */
function replacedBy(
  text: string,
  kindsOf: ReadonlyMap<string, ReadonlySet<Kind>>,
): { readonly kinds: ReadonlySet<Kind>; readonly stubs: ReadonlySet<string> } {
  const kinds = new Set<Kind>();
  const stubs = new Set<string>();
  if (inMemory.test(text)) kindsOf.get("fs")?.forEach((kind) => kinds.add(kind));
  for (const [, , specifier, variable] of text.matchAll(replaces)) {
    if (specifier !== undefined && isProjectModule(specifier)) stubs.add(specifier);
    const module = (specifier ?? moduleOf(variable ?? "", text)).replace(/^node:/, "");
    kindsOf.get(module)?.forEach((kind) => kinds.add(kind));
  }
  for (const module of givenTo(text)) kindsOf.get(module)?.forEach((kind) => kinds.add(kind));
  return { kinds, stubs };
}

/** The modules that a loader is told to replace: each key of an object in the test that loads so. */
function givenTo(text: string): readonly string[] {
  if (text.search(loadsWith) === -1) return [];
  return [...text.matchAll(keys)].map(([, , quoted, bare]) => (quoted ?? bare ?? "").replace(/^node:/, ""));
}

/** `vi.spyOn(fs, ...)`: the module that the variable was imported from. */
function moduleOf(variable: string, text: string): string {
  const imported = new RegExp(
    `(?:import|const|let|var)\\s[^;'"]*\\b${variable}\\b[^;'"]*(?:from|require\\(|import\\()\\s*['"]([^'"]+)['"]`,
  ).exec(text);
  return imported?.[1] ?? "";
}

/** Types are erased: the test runner never loads what only they come from. */
const typeOnly = /\b(?:import|export)\s+type\s[^;'"]*?\bfrom\s*['"][^'"]*['"]/g;
/** An import in a comment counts too: a site that is `likely` for no reason does no harm. */
const loads = /\b(?:from|import|require\s*\(|import\s*\()\s*['"](\.{1,2}(?:\/[^'"\n]*)?)['"]/g;

/** What a test loads besides its imports, and what it does not load although it imports it. */
interface Loading {
  readonly stubs: ReadonlySet<string>;
  readonly loaded: readonly string[];
}

/** Imports between project files, found in the text: parsing a whole project for them would cost more than all the rest. */
class ImportGraph {
  private readonly edges = new Map<
    string,
    readonly { readonly specifier: string; readonly file: string }[]
  >();

  constructor(private readonly root: string) {}

  reach(test: string, { stubs, loaded }: Loading, found: Set<string>): void {
    const stubbed = new Set(
      this.imports(test)
        .filter((one) => stubs.has(one.specifier))
        .map((one) => one.file),
    );
    for (const specifier of stubs) {
      const file = resolveModule(this.root, test, specifier);
      if (file !== undefined) stubbed.add(file);
    }
    const seen = new Set<string>(stubbed);
    const queue = [test, ...loaded];
    for (const file of loaded) {
      seen.add(file);
      found.add(file);
    }
    for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
      for (const next of this.imports(file)) {
        if (seen.has(next.file)) continue;
        seen.add(next.file);
        found.add(next.file);
        queue.push(next.file);
      }
    }
  }

  private imports(file: string): readonly { readonly specifier: string; readonly file: string }[] {
    const known = this.edges.get(file);
    if (known !== undefined) return known;
    const text = readFileSync(path.join(this.root, file), "latin1").replace(typeOnly, "");
    const edges = [...text.matchAll(loads)].flatMap(([, specifier = ""]) => {
      const target = resolveModule(this.root, file, specifier);
      return target === undefined ? [] : [{ specifier, file: target }];
    });
    this.edges.set(file, edges);
    return edges;
  }
}
