// The API pages of the command as a library, beside those of the runtime.
import runtime from "./typedoc.config.mjs";

/** @type {Partial<import("typedoc").TypeDocOptions>} */
export default {
  ...runtime,
  name: "resource-codemod",
  entryPoints: ["src/index.ts"],
  tsconfig: "tsconfig.build.json",
  out: "docs/api/resource-codemod",
  // How a rewrite is done inside: it changes with every version.
  intentionallyNotExported: ["Fix", "FixName", "Taking", "RuntimeName", "reporterNames"],
};
