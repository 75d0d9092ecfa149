import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import type { Options } from "../../src/types.js";
import { runPipeline, textAfter, writePackage } from "./pipeline.js";
import { optionsFor, put } from "./project.js";

const repository = fileURLToPath(new URL("../../", import.meta.url));
const programs = join(repository, "test/pairs/programs");

type Side = "before" | "after";

/** One program as it was and as it is after the rewrite, both ready for Node. */
export interface Pair {
  readonly before: string;
  readonly after: string;
  /** The rewritten source. */
  readonly text: string;
}

export type PairOptions = Partial<Pick<Options, "safety" | "strict" | "syntax" | "emit">>;

/** Rewrites a program and puts both versions next to the files they need. */
export async function makePair(root: string, name: string, settings: PairOptions = {}): Promise<Pair> {
  const source = readFileSync(join(programs, name), "utf8");
  writePackage(root, { [name]: source }, { type: "module" });
  mkdirSync(join(root, "node_modules"));
  symlinkSync(join(repository, "runtime"), join(root, "node_modules/resource-context"));
  const options = optionsFor(root, settings);
  const [outcome] = await runPipeline({ options, files: [name], mockingTests: [] });
  if (outcome?.status !== "changed") throw new Error(`${name} was not rewritten: ${JSON.stringify(outcome)}`);
  const text = textAfter(outcome, source);
  return {
    before: place(root, "before", { name, text: source }),
    after: place(root, "after", { name, text }),
    text,
  };
}

function place(
  root: string,
  side: Side,
  { name, text }: { readonly name: string; readonly text: string },
): string {
  const support = ["child.mjs", "scenario.cjs"].map((file) => [
    `${side}/${file}`,
    readFileSync(join(programs, file), "utf8"),
  ]);
  const target = `${side}/${name.replace(/\.m?ts$/, ".mjs").replace(/\.cts$/, ".cjs")}`;
  put(root, { ...Object.fromEntries(support), [target]: compiled(name, text) });
  return join(root, target);
}

/** Types are taken off, and `using` is lowered for a Node that does not have it. */
function compiled(name: string, text: string): string {
  if (!/ts$/.test(extname(name))) return text;
  const module = name.endsWith(".cts") ? ts.ModuleKind.CommonJS : ts.ModuleKind.ESNext;
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module, esModuleInterop: true };
  return ts.transpileModule(text, { compilerOptions, fileName: name }).outputText;
}

/** A running program with all that it prints. */
export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves when the program has printed the line, rejects when it ends without. */
  readonly says: (line: string) => Promise<void>;
}

export interface Ended {
  readonly stdout: string;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export function start(file: string, args: readonly string[], env: Readonly<Record<string, string>>): Running {
  const child = spawn(process.execPath, [file, ...args], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stderr.on("data", (chunk) => (stderr += String(chunk)));
  child.stdout.on("data", (chunk) => (stdout += String(chunk)));
  // Not "close": a child that is left behind keeps the pipe open.
  const ended = new Promise<Ended>((resolve) =>
    child.on("exit", (code, signal) => setTimeout(() => resolve({ stdout, code, signal }), 50)),
  );
  const says = async (line: string): Promise<void> => {
    while (!stdout.includes(`${line}\n`)) {
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`${file} ended before it said "${line}"; it said: ${stdout}${stderr}`);
      await pause(5);
    }
  };
  return { child, ended, says };
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** The processes that carry the mark in their environment. */
export function marked(mark: string): readonly number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && environmentOf(name).includes(`PAIR_MARK=${mark}\0`))
    .map(Number);
}

/** Empty for a process that ended meanwhile, and for a zombie. */
function environmentOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, "latin1");
  } catch (thrown) {
    if (
      thrown instanceof Error &&
      "code" in thrown &&
      ["ENOENT", "ESRCH", "EACCES", "EPERM"].includes(String(thrown.code))
    )
      return "";
    throw thrown;
  }
}

/** Ends by their numbers the marked processes that are left. */
export function killMarked(mark: string): void {
  for (const pid of marked(mark)) {
    try {
      process.kill(pid, "SIGKILL");
    } catch (thrown) {
      if (!(thrown instanceof Error && "code" in thrown && thrown.code === "ESRCH")) throw thrown;
    }
  }
}

/** Runs at most so many pieces of work at a time. */
export function limiter(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running === most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
}
