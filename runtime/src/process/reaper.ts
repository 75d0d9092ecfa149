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

/** Names the spawn that a child comes from; the reaper looks for it when we were killed in the middle of one. */
export const MARK_VARIABLE = "RESOURCE_CONTEXT_SPAWN";

/**
 * One `sh` that ends our children when its input ends. For adopted children it is started late, so that short-lived
 * ones cost nothing; for those we start ourselves it is there before them.
 */
class ShellReaper implements Reaper {
  readonly #children = new Map<number, string>();
  readonly #name = `${process.pid}-${Math.random().toString(36).slice(2)}`;
  #input: { write(line: string): unknown } | undefined;
  #isAsked = false;
  #announced = 0;
  #replaced = 0;
  #isAnnounced = false;

  announce(): string {
    // The point at the end keeps the mark from being the beginning of another one.
    const mark = `${this.#name}-${(this.#announced += 1)}.`;
    if (this.#input === undefined && this.#replaced <= REPLACEMENTS) this.#start();
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
    this.#input?.write(line);
  }

  #startLate(): void {
    if (this.#children.size === 0) this.#isAsked = false;
    else if (this.#input === undefined) this.#start();
  }

  #start(): void {
    const shell = startShell(() => this.#replace());
    if (shell === undefined) return;
    this.#isAsked = true;
    this.#input = shell;
    for (const [pid, start] of this.#children) this.#tell(`add ${pid} ${start}\n`);
  }

  /** Somebody killed the shell. One that cannot live here is not started for ever. */
  #replace(): void {
    this.#input = undefined;
    this.#isAsked = false;
    if ((this.#replaced += 1) <= REPLACEMENTS) this.#startLate();
  }
}

/** Its own session, no output, nothing that keeps us alive; a shell that is missing or killed is done without. */
function startShell(whenLost: () => void): { write(line: string): unknown } | undefined {
  // A test that counts the calls of its own double shall not find ours among them.
  if (read(cp.spawn, "mock") !== undefined || read(cp.spawn, "isSinonProxy") === true) return undefined;
  try {
    const shell = cp.spawn("/bin/sh", ["-c", REAPER_SCRIPT], {
      stdio: ["pipe", "ignore", "ignore"],
      detached: true,
      cwd: "/",
      env: { PATH: process.env["PATH"] },
    });
    shell.on("error", whenLost).on("exit", whenLost).unref();
    shell.stdin.on("error", whenLost);
    // A socket, though its type is that of any stream: unless it is unref'd, it keeps the event loop alive.
    methodOf(shell.stdin, "unref")?.();
    return shell.stdin;
  } catch {
    return undefined;
  }
}
