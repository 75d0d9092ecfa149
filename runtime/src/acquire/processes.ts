import type * as cp from "node:child_process";
import { promisify } from "node:util";
import { methodOf, read } from "../duck.js";
import type { Keep } from "../keep.js";
import { processPolicy } from "../policies/process.js";
import { readRow } from "../process/table.js";
import { Tree } from "../process/tree.js";
import { like } from "./like.js";

/** A function that starts a child and holds it itself, for a context that has to have room for it. */
export function startingProcess(start: typeof cp.spawn, keep: Keep): typeof cp.spawn {
  return like(start, {
    call: (given) => {
      keep.refuseEarly("process");
      return Reflect.apply(start, undefined, given);
    },
  });
}

/** `child_process.exec` and `execFile`, whose children are held and end with all that descends from them. */
export function executing<F extends typeof cp.exec | typeof cp.execFile>(original: F, keep: Keep): F {
  const promised: unknown = Reflect.get(original, promisify.custom);
  const adopt = (child: unknown): unknown => keep.holdHandle(child, (forget) => processPolicy(child, forget));
  return like(original, {
    call: (given) => {
      keep.refuseEarly("process");
      return adopt(withTree(Reflect.apply(original, undefined, given), given));
    },
    ...(typeof promised === "function" && {
      promisified: (given: readonly unknown[]) => {
        keep.refuseEarly("process");
        const promise: unknown = Reflect.apply(promised, undefined, given);
        withTree(read(promise, "child"), given);
        return adopt(promise);
      },
    }),
  });
}

/**
 * When Node gives up on the child (its time is up, it wrote too much, it was aborted), it signals the shell alone and
 * leaves what that started. Here the whole tree gets the signal.
 */
function withTree(child: unknown, given: readonly unknown[]): unknown {
  const kill = methodOf(child, "kill");
  const pid = read(child, "pid");
  if (kill === undefined || typeof pid !== "number" || process.platform === "win32") return child;
  const aborts = given.map((argument) => read(argument, "signal"));
  const isGivenUp = (): boolean =>
    read(read(child, "stdout"), "destroyed") === true ||
    aborts.some((abort) => read(abort, "aborted") === true);
  Object.defineProperty(child, "kill", {
    configurable: true,
    writable: true,
    value: (signal?: NodeJS.Signals | number) => {
      const others = isGivenUp() ? new Tree(pid, readRow(pid)).alive() : [];
      const isSent = kill(signal);
      for (const row of others) if (row.pid !== pid) send(row.pid, signal);
      return isSent;
    },
  });
  return child;
}

function send(pid: number, signal: NodeJS.Signals | number | undefined): void {
  try {
    process.kill(pid, signal);
  } catch {
    return; // It ended by itself.
  }
}
