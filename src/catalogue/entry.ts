import type { Adoption, Kind, Release, ResourceModel } from "../types.js";
import { kinds } from "./kinds.js";

/** What an entry says; the rest follows from its kind. */
export interface Entry {
  /** Module specifiers without the `node:` prefix; the first one names the entry. */
  readonly modules: readonly string[];
  readonly path: readonly string[];
  readonly by?: ResourceModel["acquire"]["by"];
  readonly yields?: ResourceModel["yields"];
  readonly lasts?: ResourceModel["lasts"];
  readonly args?: ResourceModel["args"];
}

/** What all entries of one family share. */
export interface Family {
  readonly kind: Kind;
  readonly release: readonly Release[];
  readonly ends: readonly string[];
  readonly adopt: Adoption;
}

const builtins = new Set([
  "child_process",
  "dgram",
  "fs",
  "fs/promises",
  "http",
  "http2",
  "https",
  "net",
  "readline",
  "readline/promises",
  "timers",
  "tls",
  "worker_threads",
]);

/** The entries of one family, filled up: a handle that stays open, made by a plain call, unless they say else. */
export function family(shared: Family, entries: readonly Entry[]): readonly ResourceModel[] {
  return entries.map(
    ({ modules, path, by = "call", yields = "handle", lasts = "open", args = noArguments }) => ({
      ...shared,
      id: idOf(modules[0] ?? "", path),
      acquire: { by, modules, path },
      yields,
      lasts,
      args,
      transform: kinds[shared.kind].transform,
    }),
  );
}

const noArguments = { path: -1, options: -1 } as const;

function idOf(module: string, path: readonly string[]): string {
  return `${builtins.has(module) ? "node:" : ""}${module}#${path.join(".")}`;
}
