import * as cp from "node:child_process";
import { soon } from "../clock.js";
import { methodOf, read } from "../duck.js";
import { settings } from "../settings.js";
import type { Reaper, State } from "../state.js";
import { REAPER_SCRIPT } from "./reaper-script.js";

/** The reaper of this process, or undefined when it is switched off or cannot work here. */
export function reaperOf(state: State): Reaper | undefined {
  if (!settings().reaper || process.platform === "win32" || process.env["RESOURCE_CONTEXT_REAPER"] === "0")
    return undefined;
  state.reaper ??= new ShellReaper();
  return state.reaper;
}

/** How often a shell that was killed is replaced. */
const REPLACEMENTS = 3;

/**
 * How many lines may wait in the pipe. Each time the shell is woken costs as much as starting half a child, so it is
 * not woken for each; and each line takes far more room in the kernel than its length.
 */
const UNREAD_LINES = 64;

/** Names the spawn that a child comes from; the reaper looks for it when we were killed in the middle of one. */
export const MARK_VARIABLE = "RESOURCE_CONTEXT_SPAWN";

/**
 * One `sh` that ends our children when its input ends. For adopted children it is started late, so that short-lived
 * ones cost nothing; for those we start ourselves it is there before them.
 */
class ShellReaper implements Reaper {
  readonly #children = new Map<number, string>();
  readonly #name = `${process.pid}-${Math.random().toString(36).slice(2)}`;
  #shell: Shell | undefined;
  #unread = 0;
  #isAsked = false;
  #announced = 0;
  #replaced = 0;
  #isAnnounced = false;

  announce(): string {
    // The point at the end keeps the mark from being the beginning of another one.
    const mark = `${this.#name}-${(this.#announced += 1)}.`;
    if (this.#shell === undefined && this.#replaced <= REPLACEMENTS) this.#start();
    this.#isAnnounced = true;
    this.#tell(`try ${mark}\n`);
    return mark;
  }

  settle(): void {
    if (this.#isAnnounced) this.#tell("end\n");
    this.#isAnnounced = false;
  }

  add(pid: number, start: string): void {
    this.#children.set(pid, start);
    this.#tell(`add ${pid} ${start}\n`);
    if (this.#isAsked || this.#replaced > REPLACEMENTS) return;
    this.#isAsked = true;
    soon(() => this.#startLate());
  }

  remove(pid: number): void {
    if (this.#children.delete(pid)) this.#tell(`del ${pid}\n`);
  }

  #tell(line: string): void {
    if (this.#shell === undefined) return;
    this.#shell.list(line);
    this.#unread += 1;
    if (this.#unread < UNREAD_LINES) return;
    this.#shell.wake(this.#unread);
    this.#unread = 0;
  }

  #startLate(): void {
    if (this.#children.size === 0) this.#isAsked = false;
    else if (this.#shell === undefined) this.#start();
  }

  #start(): void {
    let isLost = false;
    const shell = startShell(() => {
      // Its exit and each of its pipes tell of it.
      if (!isLost) this.#replace();
      isLost = true;
    });
    if (shell === undefined) return;
    this.#isAsked = true;
    this.#shell = shell;
    this.#unread = 0;
    for (const [pid, start] of this.#children) this.#tell(`add ${pid} ${start}\n`);
  }

  /** Somebody killed the shell. One that cannot live here is not started for ever. */
  #replace(): void {
    this.#shell = undefined;
    this.#isAsked = false;
    if ((this.#replaced += 1) <= REPLACEMENTS) this.#startLate();
  }
}

/** The two ends of it that are ours. */
interface Shell {
  /** Adds a line to those it reads when we are gone. */
  list(line: string): void;
  /** Makes it read so many of them now. */
  wake(lines: number): void;
}

/** Its own session, no output, nothing that keeps us alive; a shell that is missing or killed is done without. */
function startShell(whenLost: () => void): Shell | undefined {
  // A test that counts the calls of its own double shall not find ours among them.
  if (read(cp.spawn, "mock") !== undefined || read(cp.spawn, "isSinonProxy") === true) return undefined;
  try {
    const shell = cp.spawn("/bin/sh", ["-c", REAPER_SCRIPT], {
      stdio: ["pipe", "ignore", "ignore", "pipe"],
      detached: true,
      cwd: "/",
      env: { PATH: process.env["PATH"] },
    });
    shell.on("error", whenLost).on("exit", whenLost).unref();
    const [wake, list] = [pipeTo(shell, 0, whenLost), pipeTo(shell, 3, whenLost)];
    return { list, wake: (lines) => wake(`${lines}\n`) };
  } catch {
    return undefined;
  }
}

function pipeTo(shell: cp.ChildProcess, descriptor: 0 | 3, whenLost: () => void): (text: string) => void {
  const pipe = shell.stdio[descriptor];
  methodOf(pipe, "on")?.("error", whenLost);
  // A socket, though its type is that of any stream: unless it is unref'd, it keeps the event loop alive.
  methodOf(pipe, "unref")?.();
  const write = methodOf(pipe, "write");
  return (text) => void write?.(text);
}
