import type { ResourceModel } from "../types.js";
import { childProcess } from "./child-process.js";
import { fileWrites } from "./file-writes.js";

/** Every API that acquires a resource, as pure data. */
export const catalogue: readonly ResourceModel[] = [...childProcess, ...fileWrites];

/** The modules that some entry acquires from, without the `node:` prefix. */
export const cataloguedModules: readonly string[] = [
  ...new Set(catalogue.flatMap((model) => model.acquire.modules)),
];

/** The last member names of all acquiring functions: what the text prefilter looks for. */
export const acquiringNames: readonly string[] = [
  ...new Set(catalogue.flatMap((model) => model.acquire.path.slice(-1))),
];
