import { spawn, spawnSync, type ChildProcess, type SpawnSyncReturns } from "node:child_process";
import { join } from "node:path";

const top = join(import.meta.dirname, "../..");
const entry = ["--import", join(top, "node_modules/tsx/dist/esm/index.mjs"), join(top, "src/cli.ts")];
const env = { PATH: process.env["PATH"] ?? "", HOME: "/nonexistent", TERM: "dumb" };

/** The command as a process of its own, from the sources. */
export function command(root: string, ...args: readonly string[]): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [...entry, ...args], { cwd: root, encoding: "utf8", env });
}

export function startCommand(root: string, ...args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [...entry, ...args], { cwd: root, stdio: "ignore", env });
}

/** The command on a pseudo terminal; each answer is typed when the text before it has been printed. */
export async function onTerminal(
  root: string,
  args: readonly string[],
  answers: readonly (readonly [shown: string, typed: string])[],
): Promise<{ readonly code: number | null; readonly output: string }> {
  const words = [process.execPath, ...entry, ...args].map((word) => `'${word}'`).join(" ");
  const child = spawn("script", ["-qefc", words, "/dev/null"], { cwd: root, env });
  let output = "";
  let seen = 0;
  const open = [...answers];
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString("utf8");
    for (let next = open[0]; next !== undefined; next = open[0]) {
      const at = output.indexOf(next[0], seen);
      if (at < 0) return;
      seen = at + next[0].length;
      open.shift();
      child.stdin.write(next[1]);
    }
  });
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, output };
}
