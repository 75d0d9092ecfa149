import { execFile, spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export function program(name: string): string {
  return fileURLToPath(new URL(`../programs/${name}`, import.meta.url));
}

/** Runs a program that prints one JSON value, below a shell command such as `ulimit -n 64`. */
export async function report<T>(limits: string, call: readonly string[]): Promise<T> {
  const command = `${limits} exec "$0" "$@"`;
  const { stdout } = await promisify(execFile)("bash", ["-c", command, process.execPath, ...call]);
  return JSON.parse(stdout);
}

/** Starts a program and kills it outright some milliseconds after its first output. */
export async function killed(call: readonly string[], delay: number): Promise<void> {
  const child = spawn(process.execPath, call, { stdio: ["ignore", "pipe", "inherit"] });
  await new Promise((resolve) => child.stdout.once("data", resolve));
  await new Promise((resolve) => setTimeout(resolve, delay));
  const ended = new Promise((resolve) => child.once("close", resolve));
  child.kill("SIGKILL");
  await ended;
}

export interface Mounted {
  readonly unmount: () => void;
}

/** Mounts, or answers why this machine does not let us. */
export function mount(call: readonly string[]): Mounted | string {
  const done = spawnSync("mount", call, { encoding: "utf8" });
  if (done.status !== 0) return done.error?.message ?? done.stderr.trim();
  const at = call[call.length - 1] ?? "";
  return { unmount: () => void spawnSync("umount", [at]) };
}

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}
