import * as cp from "node:child_process";
import { soon } from "../clock.js";
import { methodOf } from "../duck.js";
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

/** One `sh` that ends our children when its input ends. Started late, so that short-lived children cost nothing. */
class ShellReaper implements Reaper {
  readonly #children = new Map<number, string>();
  #input: { write(line: string): unknown } | undefined;
  #isAsked = false;

  add(pid: number, start: string): void {
    this.#children.set(pid, start);
    this.#tell(`add ${pid} ${start}\n`);
    if (this.#isAsked) return;
    this.#isAsked = true;
    soon(() => this.#start());
  }

  remove(pid: number): void {
    if (this.#children.delete(pid)) this.#tell(`del ${pid}\n`);
  }

  #tell(line: string): void {
    this.#input?.write(line);
  }

  #start(): void {
    this.#isAsked = this.#children.size > 0;
    if (!this.#isAsked) return;
    const shell = startShell(() => (this.#input = undefined));
    if (shell === undefined) return;
    this.#input = shell;
    for (const [pid, start] of this.#children) this.#tell(`add ${pid} ${start}\n`);
  }
}

/** Its own session, no output, nothing that keeps us alive; a shell that is missing or killed is done without. */
function startShell(whenLost: () => void): { write(line: string): unknown } | undefined {
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
