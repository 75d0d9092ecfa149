import type { Adoption, Kind, Release, ResourceModel } from "../types.js";
import { kinds } from "./kinds.js";

/** What an entry says; the rest follows from its kind. */
export interface Entry {
  /** Module specifiers without the `node:` prefix; the first one names the entry. */
  readonly modules: readonly string[];
  /** The type that the methods belong to, where no module has them. */
  readonly target?: string;
  readonly path: readonly string[];
  readonly by?: ResourceModel["acquire"]["by"];
  readonly yields?: ResourceModel["yields"];
  readonly lasts?: ResourceModel["lasts"];
  readonly args?: ResourceModel["args"];
  readonly takes?: NonNullable<ResourceModel["takes"]>;
  readonly opens?: string;
  readonly shares?: readonly string[];
  readonly endsWithProgram?: true;
  readonly holds?: Exclude<ResourceModel["holds"], undefined>;
}

/** What all entries of one family share. */
export interface Family {
  readonly kind: Kind;
  readonly release: readonly Release[];
  readonly ends: readonly string[];
  readonly adopt: Adoption;
  readonly level?: "likely";
}

const builtins = new Set([
  "child_process",
  "cluster",
  "dgram",
  "fs",
  "fs/promises",
  "http",
  "http2",
  "https",
  "net",
  "readline",
  "readline/promises",
  "repl",
  "sqlite",
  "timers",
  "timers/promises",
  "tls",
  "worker_threads",
]);

/** A method that ends the resource; a second call does nothing. */
export function method(name: string, completes: Release["completes"] = "promise"): Release {
  return { by: "method", name, completes, again: "harmless" };
}

/** The same, where a second call throws, rejects or never settles. */
export function onceOnly(name: string, completes: Release["completes"] = "promise"): Release {
  return { ...method(name, completes), again: "throws" };
}

/** `ctx.adopt(x, <release>)`; the release does nothing when the program has released it itself. */
export function adopt(release: string): Adoption {
  return { by: "wrap", method: { release } };
}

/** The same where it may only be released once: the context lets go of it where the program releases it. */
export const adoptOnce: Adoption = { by: "release" };

/** The runtime has nothing that takes it. */
export const notAdopted: Adoption = { by: "none", reason: "no-drop-in" };

/** The entries of one family, filled up: a handle that stays open, made by a plain call, unless they say else. */
export function family(shared: Family, entries: readonly Entry[]): readonly ResourceModel[] {
  return entries.map(
    ({
      modules,
      target = modules[0] ?? "",
      path,
      by = "call",
      yields = "handle",
      lasts = "open",
      args = noArguments,
      ...rest
    }) => ({
      ...shared,
      ...rest,
      id: idOf(target, path),
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
