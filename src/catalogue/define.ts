import type { Kind, Release, ResourceModel } from "../types.js";
import { adoptOnce, adopt } from "./entry.js";
import { kinds } from "./kinds.js";

/** One way to release a resource, as a project writes it down. */
export type DefinedRelease = {
  /** It gives a promise. */
  readonly async?: boolean;
  /** What releasing it a second time does; `throws`, the default, also for a promise that never settles. */
  readonly again?: "harmless" | "throws";
} & (
  | { readonly by: "method"; readonly name: string }
  /** The resource is itself the function that releases it. */
  | { readonly by: "call" }
  /** A function of a module gets the resource, in the first place unless `argument` says else. */
  | { readonly by: "function"; readonly module: string; readonly name: string; readonly argument?: number }
);

/** A resource that the catalogue does not know: what acquires it, and what releases it. */
export interface ResourceDefinition {
  /** For reports; `pg#Pool` for a `Pool` of `pg` when absent. */
  readonly id?: string;
  /** What it behaves like; `connection` when absent. */
  readonly kind?: Kind;
  readonly acquire: {
    /** The module that it is imported from, or several that have it. */
    readonly module: string | readonly string[];
    /** The function: `connect`, `createPool().getConnection`; `default` for the module itself. */
    readonly call?: string;
    /** The class, written in the same way. */
    readonly construct?: string;
  };
  /** `promise` when the call gives a promise of it; `handle`, the default, when it gives the resource. */
  readonly yields?: "handle" | "promise";
  /** At least one; the first is what a context calls. */
  readonly release: readonly [DefinedRelease, ...DefinedRelease[]];
  /** Events that say that it has ended by itself. */
  readonly ends?: readonly string[];
  /** A function in text that a context is to release it with: `(pool) => pool.end()`. May be called twice. */
  readonly adopt?: string;
  /** The least level at which sites of it are rewritten; `safe` when absent. */
  readonly level?: "safe" | "likely";
  /** Where its documentation says so. */
  readonly docs?: string;
}

/** Gives a definition back as it is, with its type checked. */
export function defineResource(definition: ResourceDefinition): ResourceDefinition {
  return definition;
}

/** The entry of the catalogue that a definition stands for. */
export function modelOfDefinition(definition: ResourceDefinition): ResourceModel {
  const { acquire, kind = "connection", yields = "handle", ends = [], level } = definition;
  const modules = typeof acquire.module === "string" ? [acquire.module] : acquire.module;
  const member = acquire.construct ?? acquire.call ?? "default";
  return {
    id: definition.id ?? `${modules[0] ?? ""}#${member}`,
    kind,
    acquire: {
      by: acquire.construct === undefined ? "call" : "construct",
      modules: modules.map((name) => name.replace(/^node:/, "")),
      path: pathOf(member),
    },
    yields,
    lasts: "open",
    release: definition.release.map(releaseOf),
    ends,
    args: { path: -1, options: -1 },
    adopt: adoptionOf(definition),
    transform: kinds[kind].transform,
    ...(level === undefined ? {} : { level }),
  };
}

/** `createPool().getConnection` -> `createPool`, `()`, `getConnection` */
export function pathOf(member: string): readonly string[] {
  return member
    .split(".")
    .flatMap((part) => (part.endsWith("()") ? [part.slice(0, -2), "()"] : [part]))
    .filter((part) => part !== "default" && part !== "");
}

function releaseOf(one: DefinedRelease): Release {
  const { again = "throws" } = one;
  const completes = one.async === true ? "promise" : "now";
  if (one.by === "method") return { by: "method", name: one.name, completes, again };
  if (one.by === "call") return { by: "call", completes, again };
  const module = one.module.replace(/^node:/, "");
  const { argument = 0 } = one;
  return { by: "function", modules: [module], path: pathOf(one.name), argument, completes, again };
}

/** A release that may run twice needs no watch over who comes first. */
function adoptionOf({ adopt: text, release: [first] }: ResourceDefinition): ResourceModel["adopt"] {
  if (text !== undefined) return adopt(text);
  const isHarmless = first.by === "method" && first.again === "harmless";
  return isHarmless ? adopt(`(handle) => handle.${first.name}()`) : adoptOnce;
}
