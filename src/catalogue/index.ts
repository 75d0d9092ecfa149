import type { ResourceModel } from "../types.js";
import { indexed, type CatalogueIndex } from "./indexed.js";
import { childProcess } from "./child-process.js";
import { fileWrites } from "./file-writes.js";
import { handles } from "./handles.js";
import { apps } from "./packages/apps.js";
import { bundlers } from "./packages/bundlers.js";
import { clients } from "./packages/clients.js";
import { databases } from "./packages/databases.js";
import { launchers } from "./packages/launchers.js";
import { locks } from "./packages/locks.js";
import { listeners } from "./listeners.js";
import { readline } from "./readline.js";
import { servers } from "./servers.js";
import { sockets } from "./sockets.js";
import { streams } from "./streams.js";
import { tempFiles } from "./temp-files.js";
import { timers } from "./timers.js";
import { watchers } from "./watchers.js";
import { workers } from "./workers.js";

/** Every API that acquires a resource and that the package knows, as pure data. */
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
  ...listeners,
  ...launchers,
  ...apps,
  ...bundlers,
  ...databases,
  ...clients,
  ...locks,
];

let current = indexed(catalogue);

/** What is known in this run: the catalogue and what the configuration of the project adds. */
export function known(): CatalogueIndex {
  return current;
}

/** Takes the resources of a project in for this run; what they say of a function goes before what the catalogue says. */
export function extendCatalogue(own: readonly ResourceModel[]): void {
  current = own.length === 0 ? builtIn : indexed([...catalogue, ...own]);
}

const builtIn = current;

/** Works something out once, and again when other resources are known. */
export function derived<T>(from: (catalogue: CatalogueIndex) => T): () => T {
  let last: { readonly of: CatalogueIndex; readonly value: T } | undefined;
  return () => {
    if (last?.of !== current) last = { of: current, value: from(current) };
    return last.value;
  };
}
