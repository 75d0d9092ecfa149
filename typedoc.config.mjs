// The API pages of the runtime, from its docstrings: `npm run docs:api` writes them to docs/api, which is not committed.
import { readFileSync } from "node:fs";

const { exports } = JSON.parse(readFileSync(new URL("runtime/package.json", import.meta.url), "utf8"));
const sources = Object.values(exports).flatMap(({ import: at }) =>
  at === undefined ? [] : [at.types.replace("./dist/esm/", "runtime/src/").replace(/\.d\.ts$/, ".ts")],
);

/** @type {Partial<import("typedoc").TypeDocOptions>} */
export default {
  name: "resource-context",
  entryPoints: sources,
  tsconfig: "runtime/tsconfig.json",
  plugin: ["typedoc-plugin-markdown"],
  out: "docs/api",
  readme: "none",
  // Anchors of its own: a site makes others of names like `_read`.
  useHTMLAnchors: true,
  excludePrivate: true,
  excludeInternal: true,
  // A public name without a word about it, or a type that is used but not exported, fails the check.
  validation: { notExported: true, invalidLink: true, notDocumented: true },
  requiredToBeDocumented: ["Class", "Interface", "Function", "TypeAlias", "Variable"],
  // The declarations of Node link to each other.
  externalSymbolLinkMappings: { "@types/node": { "*": "#" } },
  // Not all warnings: the plugin cannot link to a signature of Node that a getter hands on.
  treatValidationWarningsAsErrors: true,
};
