import { acquiringModules, acquiringNames, cataloguedModules, globalNames } from "../catalogue/index.js";

/** What a text mentions, decided without parsing it. */
export type Mention = "acquires" | "module" | "nothing";

const escaped = (words: readonly string[]): string =>
  words.map((word) => word.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")).join("|");

const quoted = (modules: readonly string[]): RegExp =>
  new RegExp(`(["'\`])(?:node:)?(?:${escaped(modules)})\\1`);
const quotedModule = quoted(cataloguedModules);
const quotedMaker = quoted(acquiringModules);
const acquiring = anyOf(acquiringNames);
const globals = globalNames.size === 0 ? null : anyOf([...globalNames]);

/** The rarer test comes first: most texts fail it. */
export function mention(text: string): Mention {
  if (globals?.test(text) === true) return "acquires";
  if (!quotedModule.test(text)) return "nothing";
  return acquiring.test(text) || quotedMaker.test(text) ? "acquires" : "module";
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
const replaceable = new RegExp(
  `["'\`](?:node:)?(?:${escaped([...cataloguedModules, "memfs", "mock-fs"])})(?:/[\\w/-]+)?["'\`]`,
);

const ownModule = /\(\s*(?:import\s*\(\s*)?["'`]\.{1,2}\//;

/** A test that puts something else in the place of a catalogued module, or of a file of the project. */
export function mocksResources(text: string): boolean {
  return replaces.test(text) && (replaceable.test(text) || ownModule.test(text));
}

const testRunner =
  /(?:from|require\s*\()\s*["'](?:vitest|@jest\/globals|node:test|mocha|ava|uvu|tap|bun:test|@playwright\/test)["']/;

/** Helpers of tests load the test runner, wherever they lie. */
export function loadsTestRunner(text: string): boolean {
  return testRunner.test(text);
}
