import * as cp from "node:child_process";
import { read } from "./duck.js";

/**
 * `child_process.spawn` whose children lead their own process group, unless they share a terminal with us or the
 * caller said otherwise. A proxy, so that every overload keeps its types.
 */
export function spawning(adopt: (child: unknown) => void): typeof cp.spawn {
  return new Proxy(cp.spawn, {
    apply: (spawn, self, given: unknown[]) => {
      const child: unknown = Reflect.apply(spawn, self, inOwnGroup(given));
      adopt(child);
      return child;
    },
  });
}

/** The options are the last argument of `spawn(command, args?, options?)`, whatever came before. */
function inOwnGroup(given: readonly unknown[]): readonly unknown[] {
  if (process.platform === "win32") return given; // There `detached` opens a window.
  const at = given[1] !== undefined && given[1] !== null && !Array.isArray(given[1]) ? 1 : 2;
  const options = given[at];
  if (read(options, "detached") !== undefined || isOnOurTerminal(read(options, "stdio"))) return given;
  const own = typeof options === "object" ? { ...options, detached: true } : { detached: true };
  return options === undefined || options === null || typeof options === "object"
    ? [...pad(given.slice(0, at), at), own, ...given.slice(at + 1)]
    : given; // Not valid: let Node say so.
}

function pad(values: readonly unknown[], length: number): readonly unknown[] {
  return values.length >= length
    ? values
    : [...values, ...new Array<unknown>(length - values.length).fill(undefined)];
}

/** A child that reads the terminal from another process group is stopped by the kernel. */
function isOnOurTerminal(stdio: unknown): boolean {
  if (Array.isArray(stdio)) return stdio.some(isOnOurTerminal);
  if (stdio === "inherit") return true;
  const descriptor = typeof stdio === "number" ? stdio : read(stdio, "fd");
  return typeof descriptor === "number" && descriptor >= 0 && descriptor <= 2;
}
