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

/** The catalogue without anything that a project adds. */
export const builtIn = indexed(catalogue);

/** The catalogue with the resources of a project: what they say of a function goes before what the catalogue says. */
export function catalogueWith(own: readonly ResourceModel[]): CatalogueIndex {
  return own.length === 0 ? builtIn : extended(own);
}

const extended = once((own: readonly ResourceModel[]) => indexed([...catalogue, ...own]));

/** Works something out once for each value; several runs in one process each have a catalogue of their own. */
export function once<From extends object, To>(work: (from: From) => To): (from: From) => To {
  const known = new WeakMap<From, { readonly value: To }>();
  return (from) => {
    const found = known.get(from) ?? { value: work(from) };
    known.set(from, found);
    return found.value;
  };
}
