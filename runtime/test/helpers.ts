import * as cp from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";

export const runtimeFolder = fileURLToPath(new URL("..", import.meta.url));
export const program = (name: string): string => path.join(runtimeFolder, "test/programs", name);

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Waits until `isSo`, at most `ms`, and says whether it came to be. The bound is there for the failure alone: on a busy
 * machine a shell that ends in a moment takes ten seconds.
 */
export async function until(isSo: () => boolean, ms = 40_000): Promise<boolean> {
  const deadline = Date.now() + ms;
  while (!isSo()) {
    if (Date.now() > deadline) return false;
    await sleep(25);
  }
  return true;
}

let marks = 0;
/** A word that no other command line on this machine has. */
export const newMark = (): string => `mark-${process.pid}-${Date.now()}-${(marks += 1)}`;

/** The living processes with a mark in their command line. */
export function alive(mark: string): number[] {
  const pids = fs.readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => isAliveWith(pid, mark)).map(Number);
}

function isAliveWith(pid: string, mark: string): boolean {
  try {
    if (!fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(mark)) return false;
    return !/\) [ZX]/.test(fs.readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false; // It ended while we looked.
  }
}

export function isAlive(pid: number | undefined): boolean {
  return pid !== undefined && isAliveWith(String(pid), "");
}

export function killAll(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      continue; // It ended by itself.
    }
  }
}

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly ms: number;
}

export interface Running {
  readonly child: cp.ChildProcess;
  readonly ended: Promise<Ended>;
  /** Settles when the output has the given text, or when the program ended. */
  says(text: string): Promise<void>;
  said(text: string): boolean;
  /** What it has printed so far. */
  output(): string;
}

/** Starts a program of this folder. */
export const start = (name: string, ...args: readonly string[]): Running =>
  startFile(program(name), { args, nodeFlags: [] });

/** Starts a program under Node. */
export function startFile(
  file: string,
  { args, nodeFlags }: { readonly args: readonly string[]; readonly nodeFlags: readonly string[] },
): Running {
  const child = cp.spawn(process.execPath, [...nodeFlags, file, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output.stderr += chunk.toString()));
  const begin = Date.now();
  const ended = new Promise<Ended>((resolve) => {
    child.on("close", (code, signal) => resolve({ code, signal, ...output, ms: Date.now() - begin }));
  });
  const said = (text: string): boolean => output.stdout.includes(text);
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const says = async (text: string): Promise<void> =>
    void (await until(() => said(text) || hasEnded(), 30_000));
  return { child, ended, said, says, output: () => output.stdout };
}

/** The programs import the built package, so it has to be as new as its sources. */
export async function ensureBuilt(): Promise<void> {
  const lock = path.join(runtimeFolder, "..", "node_modules", ".cache", "resource-context-build");
  fs.mkdirSync(path.dirname(lock), { recursive: true });
  while (isStale()) {
    if (!tryLock(lock)) await sleep(100);
    else buildAndUnlock(lock);
  }
}

function isStale(): boolean {
  const built = fs.statSync(path.join(runtimeFolder, "dist/cjs/package.json"), { throwIfNoEntry: false });
  return built === undefined || newest(path.join(runtimeFolder, "src")) > built.mtimeMs;
}

const newest = (folder: string): number =>
  Math.max(
    ...fs.readdirSync(folder, { withFileTypes: true }).map((entry) => {
      const file = path.join(folder, entry.name);
      return entry.isDirectory() ? newest(file) : fs.statSync(file).mtimeMs;
    }),
  );

function tryLock(lock: string): boolean {
  const old = fs.statSync(lock, { throwIfNoEntry: false });
  // Left behind by a run that was killed.
  if (old !== undefined && Date.now() - old.mtimeMs > 120_000)
    fs.rmSync(lock, { recursive: true, force: true });
  try {
    fs.mkdirSync(lock);
    return true;
  } catch {
    return false;
  }
}

function buildAndUnlock(lock: string): void {
  try {
    cp.execSync("npm run --silent build", { cwd: runtimeFolder, encoding: "utf8", stdio: "pipe" });
  } finally {
    fs.rmSync(lock, { recursive: true, force: true });
  }
}
