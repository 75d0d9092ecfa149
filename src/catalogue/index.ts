import type { ResourceModel } from "../types.js";
import { childProcess } from "./child-process.js";
import { fileWrites } from "./file-writes.js";
import { handles } from "./handles.js";
import { apps } from "./packages/apps.js";
import { bundlers } from "./packages/bundlers.js";
import { clients } from "./packages/clients.js";
import { databases } from "./packages/databases.js";
import { launchers } from "./packages/launchers.js";
import { locks } from "./packages/locks.js";
import { readline } from "./readline.js";
import { servers } from "./servers.js";
import { sockets } from "./sockets.js";
import { streams } from "./streams.js";
import { tempFiles } from "./temp-files.js";
import { timers } from "./timers.js";
import { watchers } from "./watchers.js";
import { workers } from "./workers.js";

/** Every API that acquires a resource, as pure data. */
export const catalogue: readonly ResourceModel[] = [
  ...childProcess,
  ...fileWrites,
  ...streams,
  ...handles,
  ...tempFiles,
  ...servers,
  ...sockets,
  ...timers,
  ...watchers,
  ...workers,
  ...readline,
  ...launchers,
  ...apps,
  ...bundlers,
  ...databases,
  ...clients,
  ...locks,
];

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

/** The same and what releases them: names that may be followed though nothing declares them. */
export const knownGlobals: ReadonlySet<string> = new Set([
  ...globalNames,
  ...catalogue
    .flatMap((model) => model.release)
    .flatMap((one) =>
      one.by === "function" && one.modules.includes(globalModule) ? one.path.slice(0, 1) : [],
    ),
]);

/** The last member names of all acquiring functions: what the text prefilter looks for. */
export const acquiringNames: readonly string[] = [
  ...new Set(catalogue.flatMap((model) => model.acquire.path.slice(-1))),
];

/**
 * For each module the last member names of its acquiring functions; null where the module itself acquires when it is
 * called or constructed, under any name.
 */
export const namesByModule: ReadonlyMap<string, readonly string[] | null> = new Map(
  cataloguedModules.map((module) => {
    const paths = catalogue
      .filter(({ acquire }) => acquire.modules.includes(module))
      .map(({ acquire }) => acquire.path);
    return [module, paths.some((path) => path.length === 0) ? null : paths.flatMap((path) => path.slice(-1))];
  }),
);

/** Modules whose functions give something that acquires in its turn: `express()`, `new Pool()`. */
export const makingModules: ReadonlySet<string> = new Set(
  catalogue.filter(({ acquire }) => acquire.path.includes("()")).flatMap(({ acquire }) => acquire.modules),
);
