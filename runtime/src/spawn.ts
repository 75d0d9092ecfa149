import * as cp from "node:child_process";
import { read } from "./duck.js";
import { MARK_VARIABLE, reaperOf } from "./process/reaper.js";
import { sharedState } from "./state.js";

/**
 * `child_process.spawn` whose children lead their own process group, unless they share a terminal with us or the
 * caller said otherwise. A proxy, so that every overload keeps its types.
 */
export function spawning(adopt: (child: unknown) => void): typeof cp.spawn {
  return new Proxy(cp.spawn, {
    apply: (spawn, self, given: unknown[]) => {
      // Who asks for a detached child wants one that outlives us; it is ours only when it is adopted.
      if (read(given[optionsAt(given)], "detached") === true) return Reflect.apply(spawn, self, given);
      return announced((mark) => {
        const child: unknown = Reflect.apply(spawn, self, acquired(given, mark));
        adopt(child);
        return child;
      });
    },
  });
}

/** Lets the reaper know of the child before there is one: we may be killed while it is being started. */
function announced(start: (mark: string | undefined) => unknown): unknown {
  const reaper = reaperOf(sharedState());
  const mark = reaper?.announce();
  try {
    return start(mark);
  } finally {
    reaper?.settle();
  }
}

/** The options are the last argument of `spawn(command, args?, options?)`, whatever came before. */
const optionsAt = (given: readonly unknown[]): 1 | 2 =>
  given[1] !== undefined && given[1] !== null && !Array.isArray(given[1]) ? 1 : 2;

/** The same call for a child in its own group and with our mark, as far as the caller leaves that to us. */
function acquired(given: readonly unknown[], mark: string | undefined): readonly unknown[] {
  const at = optionsAt(given);
  const options = given[at];
  if (options !== undefined && (options === null || typeof options !== "object")) return given; // Let Node say so.
  const own = { ...options, ...groupOf(options), ...environmentOf(options, mark) };
  return [...pad(given.slice(0, at), at), own, ...given.slice(at + 1)];
}

function groupOf(options: unknown): { readonly detached?: true } {
  if (process.platform === "win32") return {}; // There `detached` opens a window.
  if (read(options, "detached") !== undefined || isOnOurTerminal(read(options, "stdio"))) return {};
  return { detached: true };
}

/** The environment with our mark, unless the caller sets the variable itself (to `undefined` for none). */
function environmentOf(options: unknown, mark: string | undefined): { readonly env?: NodeJS.ProcessEnv } {
  const given = read(options, "env") || process.env;
  if (mark === undefined || typeof given !== "object" || setsMark(given)) return {};
  const env: NodeJS.ProcessEnv = {};
  // As Node does it: inherited names count.
  for (const name in given) env[name] = Reflect.get(given, name);
  env[MARK_VARIABLE] = mark;
  return { env };
}

/** A copy of our own environment may hold the mark that our parent gave us; that is not the caller's doing. */
function setsMark(env: object): boolean {
  if (env === process.env || !(MARK_VARIABLE in env)) return false;
  const value: unknown = Reflect.get(env, MARK_VARIABLE);
  return value === undefined || value !== process.env[MARK_VARIABLE];
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
