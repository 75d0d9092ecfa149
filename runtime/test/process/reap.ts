import * as cp from "node:child_process";
import { once } from "node:events";
import { Writable } from "node:stream";

/**
 * Runs the script of the reaper to its end and gives back what it printed. `lines` is what it is told, `wakes` how many
 * of them it is asked to read before its input ends.
 */
export async function reap(
  script: string,
  lines: readonly string[],
  wakes: readonly string[] = [],
): Promise<string> {
  const shell = cp.spawn("sh", ["-c", script], { stdio: ["pipe", "pipe", "pipe", "pipe"] });
  let output = "";
  shell.stdout?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  shell.stderr?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  writeTo(shell.stdio[3], lines);
  writeTo(shell.stdio[0], wakes);
  await once(shell, "close");
  return output;
}

function writeTo(pipe: unknown, lines: readonly string[]): void {
  if (pipe instanceof Writable) pipe.end(lines.map((line) => `${line}\n`).join(""));
}
