import { once } from "../catalogue/index.js";
import type { CatalogueIndex } from "../catalogue/indexed.js";
import { mentionsSuppression } from "../ratchet/marker.js";

/** What a text mentions, decided without parsing it. */
export type Mention = "acquires" | "module" | "nothing";

const escaped = (words: readonly string[]): string =>
  words.map((word) => word.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")).join("|");

const patterns = once(({ modules, globals, namesByModule, removals }: CatalogueIndex) => ({
  quotedModule: new RegExp(`(["'\`])(?:node:)?(${escaped([...modules])})\\1`, "g"),
  /** Taken back somewhere: a method of that name alone says nothing. */
  removals: new RegExp(`\\.(?:${escaped(removals)})\\(`),
  globals: globals.size === 0 ? null : anyOf([...globals]),
  /** Each module's own names: `get` says something about `http`, and nothing about `fs`. */
  acquiring: new Map(
    [...namesByModule].map(([module, names]) => [module, names === null ? null : anyOf(names)] as const),
  ),
  replaceable: new RegExp(
    `["'\`](?:node:)?(?:${escaped([...modules, "memfs", "mock-fs"])})(?:/[\\w/-]+)?["'\`]`,
  ),
}));

/** A class says itself how its instances are released. */
const disposers = /\[Symbol\.(?:asyncD|d)ispose\]\s*\(/;

/** The rarer test comes first: most texts fail it. */
export function mention(text: string, catalogue: CatalogueIndex): Mention {
  const { globals, quotedModule, acquiring, removals } = patterns(catalogue);
  if (disposers.test(text)) return "acquires";
  if (globals?.test(text) === true || removals.test(text)) return "acquires";
  const modules = new Set([...text.matchAll(quotedModule)].map(([, , module = ""]) => module));
  if (modules.size === 0) return "nothing";
  return [...modules].some((module) => acquiring.get(module)?.test(text) ?? true) ? "acquires" : "module";
}

/** Something in it may be decided, or a comment in it says something about that. */
export function isOfInterest(text: string, catalogue: CatalogueIndex): boolean {
  return mention(text, catalogue) === "acquires" || mentionsSuppression(text);
}

/** Finds any of some names as whole words. */
function anyOf(names: readonly string[]): RegExp {
  return new RegExp(`(?<![\\w$])(?:${escaped(names)})(?![\\w$])`);
}

const replaces = new RegExp(
  [
    String.raw`\b(?:vi|vitest|jest)\s*\.\s*(?:mock|doMock|setMock|spyOn|unstable_mockModule|createMockFromModule|replaceProperty)\b`,
    String.raw`\bmock\s*\.\s*(?:module|method|fn)\b`,
    String.raw`\b(?:t|tap)\s*\.\s*mock(?:Require|Import|All)?\b`,
    String.raw`\b(?:sinon|proxyquire|mock-fs|mock-require|mockery|memfs|testdouble|rewire|rewiremock|esmock|quibble)\b`,
  ].join("|"),
);
const ownModule = /\(\s*(?:import\s*\(\s*)?["'`]\.{1,2}\//;

/** A test that puts something else in the place of a catalogued module, or of a file of the project. */
export function mocksResources(text: string, catalogue: CatalogueIndex): boolean {
  return replaces.test(text) && (patterns(catalogue).replaceable.test(text) || ownModule.test(text));
}

const testRunner =
  /(?:from|require\s*\()\s*["'](?:vitest|@jest\/globals|node:test|mocha|ava|uvu|tap|bun:test|@playwright\/test)["']/;

/** Helpers of tests load the test runner, wherever they lie. */
export function loadsTestRunner(text: string): boolean {
  return testRunner.test(text);
}
