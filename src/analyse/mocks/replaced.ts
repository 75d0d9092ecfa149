import { once } from "../../catalogue/index.js";
import type { CatalogueIndex } from "../../catalogue/indexed.js";
import type { Kind } from "../../types.js";
import { isProjectModule } from "../specifiers.js";

const replaces =
  /\b(?:mock|doMock|unstable_mockModule|setMock|replaceEsm|module|rewiremock|spyOn|stub|replace|method|define|registerMock|quibble|esm|__set__)\s*(?:<[^>]*>)?\(\s*(?:import\()?\s*(?:(['"`])([^'"`]+)\1|(\w+))/g;
/** `proxyquire("./save", { fs: .. })`: the first argument is what is loaded, and the keys of the second what it gets. */
export const loadsWith =
  /\b(?:proxyquire(?:\s*\.\s*\w+\s*\(\s*\))*|esmock(?:\s*\.\s*\w+)?|rewire)\s*(?:<[^>]*>)?\(\s*(['"`])([^'"`\n]+)\1/g;
const keys = /(?:^|[{,\s])(?:(['"`])([^'"`\n]+)\1|(\w+))\s*:/g;
const inMemory = /['"](mock-fs|memfs|memfs\/[^'"]*)['"]/;
/** The kinds that come from a module. */
export const kindsByModule = once(({ models }: CatalogueIndex) => {
  const found = new Map<string, Set<Kind>>();
  for (const { kind, acquire } of models)
    for (const module of acquire.modules) found.set(module, (found.get(module) ?? new Set()).add(kind));
  return found;
});

export type KindsByModule = ReadonlyMap<string, ReadonlySet<Kind>>;

/** The kinds a test replaces, and the project modules it replaces: those are not loaded. */
export function replacedBy(
  text: string,
  kindsOf: KindsByModule,
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
