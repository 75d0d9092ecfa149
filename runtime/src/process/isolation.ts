import * as fs from "node:fs";
import * as path from "node:path";
import { expectInteger, expectOptions } from "../validate.js";
import { InvalidArgumentError } from "../errors.js";
import { IsolationError } from "./errors.js";

/** What the kernel allows one child, and each of its descendants, at the most. Linux only. */
export interface ProcessLimits {
  /** Address space, in bytes. Node and other programs with a garbage collector reserve far more than they use. */
  readonly addressSpace?: number;
  /** File descriptors open at a time. */
  readonly openFiles?: number;
  /** Processes and threads of its user; root is exempt. */
  readonly processes?: number;
  /** Processor time, in seconds; then it is killed. */
  readonly cpuSeconds?: number;
}

/** What a child can see and use of this machine. It always leads a process group of its own. */
export interface Isolation {
  /** Names of the environment variables that it gets; all others are held back. */
  readonly environment?: readonly string[];
  readonly limits?: ProcessLimits;
}

/** A command line with its environment. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

/** How `prlimit` of util-linux calls them. */
const FLAGS = {
  addressSpace: "as",
  openFiles: "nofile",
  processes: "nproc",
  cpuSeconds: "cpu",
} as const;
const LIMITS = ["addressSpace", "openFiles", "processes", "cpuSeconds"] as const;

/** Throws `InvalidArgumentError` or `UnknownOptionError`, or {@link IsolationError} where limits cannot be set. */
export function expectIsolation(given: Isolation | undefined): Isolation {
  const { environment, limits } = expectOptions("isolate", given, ["environment", "limits"]);
  if (environment !== undefined) expectNames(environment);
  if (limits === undefined) return { ...given };
  expectOptions("isolate.limits", limits, LIMITS);
  for (const name of LIMITS)
    if (limits[name] !== undefined) expectInteger(`isolate.limits.${name}`, limits[name], { min: 1 });
  if (process.platform !== "linux") throw new IsolationError(`this is ${process.platform}`);
  return { ...given };
}

function expectNames(names: unknown): void {
  if (Array.isArray(names) && names.every((name) => typeof name === "string" && name !== "")) return;
  throw new InvalidArgumentError({
    name: "isolate.environment",
    came: names,
    expected: "an array with names of environment variables",
    hint: 'For example: ["PATH", "HOME"].',
  });
}

/** The command inside its limits. A program that does not exist is left as it is, so that the start says so. */
export function isolated(command: Command, { environment, limits = {} }: Isolation): Command {
  const env = environment === undefined ? command.env : only(environment, command.env);
  const flags = LIMITS.flatMap((name) =>
    limits[name] === undefined ? [] : [`--${FLAGS[name]}=${limits[name]}`],
  );
  const program = flags.length === 0 ? undefined : find(command.file, command.env);
  if (program === undefined) return { ...command, env };
  const prlimit = find("prlimit", process.env);
  if (prlimit === undefined) throw new IsolationError("it was not found on the PATH");
  return { file: prlimit, args: [...flags, "--", program, ...command.args], env };
}

const only = (names: readonly string[], env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(names.filter((name) => env[name] !== undefined).map((name) => [name, env[name]]));

/** Where a program is, the way the system looks for it. */
function find(file: string, env: NodeJS.ProcessEnv): string | undefined {
  if (file.includes("/")) return file;
  const folders = (env["PATH"] ?? "/usr/bin:/bin").split(path.delimiter);
  return folders.map((folder) => path.join(folder, file)).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false; // Not in this folder.
  }
}
