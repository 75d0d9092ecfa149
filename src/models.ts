import type { Taking } from "./fixes.js";
import type { Kind, LeaveReason, RuntimeName, TransformId } from "./types.js";

/** The types of the catalogue: what is a resource. */

/**
 * How an acquisition hands over what it made: `handle`: its value is the resource; `promise`: it resolves with the
 * resource; `callback`: its value is the resource, and a callback in the last place is called when that has ended
 * (`exec`); `passed`: a callback in the last place gets the resource after an error (`fs.open`).
 */
export type Yields = "handle" | "promise" | "callback" | "passed" | "nothing";

/** One way to end the obligation of a resource. */
export type Release = {
  /** `now`: when the call returns; `promise`: when its promise settles; `event`: when an event of `ends` comes. */
  readonly completes: "now" | "promise" | "event";
  /** What a second release does. */
  readonly again: "harmless" | "throws";
} & (
  | { readonly by: "method"; readonly name: string }
  /** The resource is itself the function that releases it: `const release = await lock(file)`. */
  | { readonly by: "call" }
  /** `clearInterval(x)`, `fs.closeSync(x)`, `fs.rm(x)`; modules as in `acquire`. */
  | {
      readonly by: "function";
      readonly modules: readonly string[];
      readonly path: readonly string[];
      /** -1: it is not told the resource but what that was acquired with, such as a path. */
      readonly argument: number;
    }
);

/** Methods of a `ResourceContext` that take a resource over and give it back. */
export type AdoptMethod =
  | "process"
  | "stream"
  | "file"
  | "tempDir"
  | "tempFile"
  | "server"
  | "socket"
  | "timer"
  | "watcher"
  | "worker"
  | "readline"
  | "use";

/** What a rewrite does with the acquiring call. */
export type Adoption =
  | { readonly by: "wrap"; readonly method: Taking }
  /** The runtime knows no such handle: it is held together with the function that releases it. */
  | { readonly by: "release" }
  | { readonly by: "replace"; readonly name: Exclude<RuntimeName, "ResourceContext"> }
  | { readonly by: "none"; readonly reason: LeaveReason };

/** What all resources of one kind have in common. */
export interface KindTraits {
  /** For messages: "child process". */
  readonly noun: string;
  /** What code calls it: "child". */
  readonly variable: string;
  readonly transform: TransformId;
  /** It is still there when the program is gone: a child, a folder on the disk. */
  readonly outlives: boolean;
  /** It goes on by itself when nobody refers to it: a server answers, a timer fires. */
  readonly acts: boolean;
  /** The runtime can let go of it without waiting. */
  readonly releasesNow: boolean;
  /** Methods that give the resource itself back. */
  readonly fluent: readonly string[];
  /** Methods that give something which works on the resource, and is of no use without it. */
  readonly parts: readonly string[];
  /** Members that say that it has been released: `killed`, `destroyed`. */
  readonly spent: readonly string[];
  /** Members that say that it is there: `listening`. */
  readonly present: readonly string[];
}

/** A catalogue entry: pure data about one acquiring function. */
export interface ResourceModel {
  /** For example `node:child_process#spawn`; unique in the catalogue, part of each fingerprint. */
  readonly id: string;
  readonly kind: Kind;
  readonly acquire: {
    /**
     * `construct` for `new Worker(..)`, `either` for what works with and without `new`; `method`: a method of
     * whatever object, and only where the function that calls it also calls one of `release` with the same arguments.
     */
    readonly by: "call" | "construct" | "either" | "method";
    /** Module specifiers without the `node:` prefix; `globalThis` for what needs no import. */
    readonly modules: readonly string[];
    /**
     * Member path from the module: `["spawn"]`, `["promises", "writeFile"]`; `"()"` stands for what calling or
     * constructing gives: `["()", "listen"]` for `express().listen(..)`.
     */
    readonly path: readonly string[];
  };
  readonly yields: Yields;
  /**
   * How long it lasts when nobody releases it: `open`: for good; `once`: it ends by itself (a timeout);
   * `settled`: the promise that it gives settles when it has ended (`execa`).
   */
  readonly lasts: "open" | "once" | "settled";
  /** The method that it holds nothing before: `listen` of a server. */
  readonly opens?: string;
  /** Options with which it works on something else that is open, and holds nothing itself: `new WebSocketServer({ server })`. */
  readonly shares?: readonly string[];
  /** The package itself ends it when the program ends. */
  readonly endsWithProgram?: true;
  readonly release: readonly Release[];
  /** Members of its value that are the resource too, and members that release it when they are called. */
  readonly holds?: { readonly members: readonly string[]; readonly releases: readonly string[] };
  /** Methods of it that own what they are given once they have gone through: it ends that when it is ended itself. */
  readonly takes?: readonly { readonly method: string; readonly argument: number }[];
  /** Events that say that the resource has ended by itself. */
  readonly ends: readonly string[];
  /** Position of the arguments that the rules look at; -1 where there is none. */
  readonly args: { readonly path: number; readonly options: number };
  readonly adopt: Adoption;
  /** The least level of a rewrite; `safe` when absent. */
  readonly level?: "safe" | "likely";
  readonly transform: TransformId;
}
