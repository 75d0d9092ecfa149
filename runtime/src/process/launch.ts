import type * as cp from "node:child_process";
import type { ResourceContext } from "../context.js";
import { IsolationError, SubprocessStartError } from "./errors.js";
import { isolated } from "./isolation.js";
import { reasonOf } from "./run.js";
import type { Launch } from "./subprocess-options.js";

/** Starts the child of a subprocess. Throws {@link SubprocessStartError} or {@link IsolationError}. */
export function spawnChild(
  ctx: ResourceContext,
  name: string,
  { command, args, spawn, isolate }: Launch,
): cp.ChildProcess {
  try {
    const env = spawn.env ?? process.env;
    const inside = isolated({ file: command, args, env }, isolate);
    return ctx.spawn(inside.file, [...inside.args], { ...spawn, env: inside.env });
  } catch (error) {
    // The texts of Node quote the arguments.
    throw error instanceof IsolationError ? error : new SubprocessStartError(name, reasonOf(error));
  }
}

/** A child whose output nobody reads would wait for ever once the pipe is full. */
export function discardUnread(child: cp.ChildProcess): void {
  for (const stream of [child.stdout, child.stderr])
    if (stream?.readableFlowing === null && stream.listenerCount("readable") === 0) stream.resume();
}
