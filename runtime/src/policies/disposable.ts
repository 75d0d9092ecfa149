import "../symbols.js";
import * as cp from "node:child_process";
import { read } from "../duck.js";
import type { Policy } from "../entry.js";

/** How to release a value that brings its own way, or undefined when it brings none. */
export function disposablePolicy(value: unknown): Policy | undefined {
  const disposeAsync = symbolOf(value, Symbol.asyncDispose);
  const dispose = symbolOf(value, Symbol.dispose);
  const release = disposeAsync ?? dispose;
  if (release === undefined) return undefined;
  return {
    kind: ownKind(value) ?? nameOf(value),
    needsEventLoop: true,
    release: () => release(),
    releaseSync: () => (dispose ?? release)(),
  };
}

/** Not read as other members are: an error of a getter is the caller's, who asked for this very method. */
function symbolOf(value: unknown, key: symbol): (() => unknown) | undefined {
  const isObject = (typeof value === "object" && value !== null) || typeof value === "function";
  const method: unknown = isObject ? Reflect.get(value, key) : undefined;
  return typeof method === "function" ? () => Reflect.apply(method, value, []) : undefined;
}

/** What a release function of the caller makes of a value. */
export function adoptedPolicy<T>(value: T, release: (value: T) => unknown): Policy {
  return {
    kind: nameOf(value),
    needsEventLoop: true,
    release: () => release(value),
    releaseSync: () => release(value),
  };
}

/** A release function without a value. */
export function deferredPolicy(release: () => unknown): Policy {
  // Without the limit and without the policy as its receiver: it is the caller's function, and may have a parameter.
  return { kind: "defer", needsEventLoop: true, release: () => release(), releaseSync: () => release() };
}

/** A ManagedResource says what it is. */
function ownKind(value: unknown): string | undefined {
  const kind = read(value, "kind");
  return typeof kind === "string" && typeof read(value, "initialize") === "function" ? kind : undefined;
}

function nameOf(value: unknown): string {
  const name = read(read(value, "constructor"), "name");
  return typeof name === "string" && name !== "" ? name : typeof value;
}

/** Handles of Node whose own dispose symbol loses data, does not wait, or waits for ever. */
export type Handle = "process" | "stream" | "server" | "socket" | "file" | "timer" | "worker";

/** Which handle of Node this is, so that `use` can do better than its symbol does. */
export function handleOf(value: unknown): Handle | undefined {
  if (typeof cp.ChildProcess === "function" && value instanceof cp.ChildProcess) return "process";
  const has = (key: string, type: string): boolean => typeof read(value, key) === type;
  if (has("writableFinished", "boolean") && has("destroy", "function"))
    return has("setNoDelay", "function") ? "socket" : "stream";
  if (has("listening", "boolean") && has("address", "function")) return "server";
  if (has("threadId", "number") && has("terminate", "function")) return "worker";
  if (has("fd", "number") && has("datasync", "function")) return "file";
  if (has("_destroyed", "boolean") && has("hasRef", "function")) return "timer";
  return undefined;
}
