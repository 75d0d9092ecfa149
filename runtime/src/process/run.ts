import type * as cp from "node:child_process";
import { now } from "../clock.js";
import { ResourceContext } from "../context.js";
import { read } from "../duck.js";
import { grantGrace } from "../policies/process.js";
import { type Exit, SubprocessStartError } from "./errors.js";

/** After SIGKILL, a tree gets this long to be gone. */
const KILL_TIME = 5_000;

/** One life of a subprocess, from its start to its end, with all that it started. */
export class Run {
  readonly child: cp.ChildProcess;
  readonly #context: ResourceContext;
  readonly #began = now();
  #over: number | undefined;
  #exit: Exit | undefined;
  /** Settles when the child ends. */
  readonly exited: Promise<Exit>;

  private constructor(child: cp.ChildProcess, context: ResourceContext) {
    this.child = child;
    this.#context = context;
    this.#exit = exitOf(child);
    this.exited = new Promise((resolve) => {
      if (this.#exit !== undefined) resolve(this.#exit);
      else child.once("exit", (code, signal) => resolve(this.#end({ code, signal })));
    });
  }

  /** Starts or takes over a child; `grace` is the time between SIGTERM and SIGKILL. */
  static of(name: string, grace: number, start: (ctx: ResourceContext) => cp.ChildProcess): Run {
    const limit = grace + KILL_TIME;
    const context = new ResourceContext({ name, resourceTimeout: limit, totalTimeout: limit });
    const child = start(context);
    grantGrace(child, grace);
    return new Run(child, context);
  }

  /** How it ended, or undefined while it runs. */
  get exit(): Exit | undefined {
    return this.#exit;
  }

  /** How long it has been running, or ran, in milliseconds. */
  get uptime(): number {
    return (this.#over ?? now()) - this.#began;
  }

  /** Settles when the program runs; rejects with a {@link SubprocessStartError} when there is no such program. */
  started(name: string): Promise<void> {
    const { child } = this;
    return new Promise((resolve, reject) => {
      // Stays: an error that nobody listens for would end the whole program.
      child.on("error", (error) => {
        if (child.pid === undefined) reject(new SubprocessStartError(name, reasonOf(error)));
      });
      // A child that runs already has a pid, and its `spawn` event is over or comes in this turn.
      if (child.pid !== undefined) resolve();
    });
  }

  /** Ends the child, if it still runs, and what is left of its group. */
  async end(): Promise<void> {
    await this.#context.disposeAsync({ throwErrors: true });
  }

  endSync(): void {
    this.#context.dispose();
  }

  #end(exit: Exit): Exit {
    this.#over = now();
    this.#exit = exit;
    return exit;
  }
}

function exitOf({ exitCode, signalCode }: cp.ChildProcess): Exit | undefined {
  return exitCode === null && signalCode === null ? undefined : { code: exitCode, signal: signalCode };
}

/** The code of a system error. Its text and its properties hold the whole command line. */
export function reasonOf(error: unknown): string {
  const code = read(error, "code");
  return typeof code === "string" ? code : "unknown error";
}
