import * as cp from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";
import { until } from "../helpers.js";

/** Fault tests are short in CI and long on request. */
export const isLong = process.env["RESOURCE_FAULTS"] === "long";

const places: string[] = [];
const children = new Set<cp.ChildProcess>();

afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
  for (const place of places) fs.rmSync(place, { recursive: true, force: true });
});

/** A new folder that is removed after the tests of this file. */
export function makePlace(): string {
  const place = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "files-")));
  places.push(place);
  return place;
}

export const program = (name: string): string => fileURLToPath(new URL(`programs/${name}`, import.meta.url));

export interface Run {
  readonly child: cp.ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<{
    readonly code: number | null;
    readonly signal: string | null;
    readonly output: string;
  }>;
}

/** Starts a command; its output and its end are kept. */
export function run(command: string, ...args: readonly string[]): Run {
  const child = cp.spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
  children.add(child);
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<Awaited<Run["ended"]>>((resolve) => {
    child.on("close", (code, signal) => {
      children.delete(child);
      resolve({ code, signal, output });
    });
  });
  return { child, output: () => output, ended };
}

/** Starts one of our programs. */
export const node = (name: string, ...args: readonly string[]): Run =>
  run(process.execPath, program(name), ...args);

/** Waits until a program has said something. */
export async function says(run: Run, text: string): Promise<void> {
  const isOver = (): boolean => run.child.exitCode !== null || run.child.signalCode !== null;
  await until(() => run.output().includes(text) || isOver(), 60_000);
  if (!run.output().includes(text)) throw new Error(`it did not say "${text}" but: ${run.output()}`);
}

/** Why this machine cannot run a command as root in namespaces of its own, or nothing when it can. */
export function cannotUnshare(): string | undefined {
  const probe = cp.spawnSync("unshare", ["--net", "--pid", "--fork", "--mount", "true"], {
    encoding: "utf8",
  });
  return probe.status === 0 ? undefined : probe.stderr || String(probe.error);
}

export const openFiles = (): number => fs.readdirSync("/proc/self/fd").length;
