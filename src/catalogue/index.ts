import type { ResourceModel } from "../types.js";
import { childProcess } from "./child-process.js";
import { fileWrites } from "./file-writes.js";

/** Every API that acquires a resource, as pure data. */
export const catalogue: readonly ResourceModel[] = [...childProcess, ...fileWrites];

/** Stands in `acquire.modules` for what needs no import. */
const globalModule = "globalThis";

/** The modules that some entry acquires from, without the `node:` prefix. */
export const cataloguedModules: readonly string[] = [
  ...new Set(catalogue.flatMap((model) => model.acquire.modules)),
].filter((module) => module !== globalModule);

/** Acquiring functions that need no import: `setInterval`. */
export const globalNames: ReadonlySet<string> = new Set(
  catalogue
    .filter((model) => model.acquire.modules.includes(globalModule))
    .flatMap((model) => model.acquire.path.slice(0, 1)),
);

/** The last member names of all acquiring functions: what the text prefilter looks for. */
export const acquiringNames: readonly string[] = [
  ...new Set(catalogue.flatMap((model) => model.acquire.path.slice(-1))),
];
