import "../symbols.js";
import type * as cp from "node:child_process";
import * as path from "node:path";
import { read } from "../duck.js";
import { type InvalidArgument, InvalidArgumentError } from "../errors.js";
import { expectDuration, expectMethods, expectOptions, expectString } from "../validate.js";
import { expectHealth, type HealthOptions } from "./health-watch.js";
import { expectIsolation, type Isolation } from "./isolation.js";
import { expectRestart, type RestartOptions, type RestartSettings } from "./restart.js";

/** What all subprocesses have in common. Times are in milliseconds. */
export interface SupervisionOptions {
  /** How reports and events call it. Default: the name of the program. */
  readonly name?: string;
  readonly health?: HealthOptions<cp.ChildProcess>;
  /** How long SIGTERM may take before SIGKILL follows. Default: 5,000. */
  readonly stopTimeout?: number;
  /** What is of no use without this process, a context for example: disposed when the process is given up. */
  readonly closes?: AsyncDisposable;
}

/** A command, how it is started, and what happens when it ends. */
export interface SubprocessOptions extends SupervisionOptions {
  readonly command: string;
  readonly args?: readonly string[];
  /** As for `child_process.spawn`, without `detached`: the child always is ours. Output that nobody reads is discarded. */
  readonly spawn?: Omit<cp.SpawnOptions, "detached">;
  readonly restart?: RestartOptions;
  readonly isolate?: Isolation;
}

/** A child that somebody else started: it is watched and ended, but never started again. */
export interface AdoptionOptions extends SupervisionOptions {
  readonly adopt: cp.ChildProcess;
}

const SUPERVISION = ["name", "health", "stopTimeout", "closes"] as const;
const LAUNCH = ["command", "args", "spawn", "restart", "isolate", ...SUPERVISION] as const;

/** What is known of a subprocess before it is started, checked. */
export interface SubprocessSettings {
  readonly name: string;
  readonly health: Required<HealthOptions<cp.ChildProcess>> | undefined;
  readonly stopTimeout: number;
  readonly closes: AsyncDisposable | undefined;
  readonly restart: RestartSettings;
  readonly source: Launch | Adoption;
}

/** How to start it. */
export interface Launch {
  readonly kind: "launch";
  readonly command: string;
  readonly args: readonly string[];
  readonly spawn: Omit<cp.SpawnOptions, "detached">;
  readonly isolate: Isolation;
}

interface Adoption {
  readonly kind: "adoption";
  readonly child: cp.ChildProcess;
}

/** Throws `InvalidArgumentError`, `UnknownOptionError` or `IsolationError`. */
export function expectSubprocess(given: SubprocessOptions | AdoptionOptions): SubprocessSettings {
  if (typeof given !== "object" || given === null)
    refuse({ name: "options", came: given, expected: "an object with a command or with a child to adopt" });
  return "adopt" in given ? adoption(given) : launch(given);
}

function adoption(given: AdoptionOptions): SubprocessSettings {
  const options = expectOptions("options", given, ["adopt", ...SUPERVISION]);
  const child = expectMethods("adopt", given.adopt, ["once", "kill"]);
  const restart = expectRestart(undefined);
  return { ...supervision(options, `process ${child.pid}`), restart, source: { kind: "adoption", child } };
}

function launch(given: SubprocessOptions): SubprocessSettings {
  const options = expectOptions("options", given, LAUNCH);
  const { args = [], spawn = {}, isolate } = options;
  const command = expectString("command", options.command);
  if (!Array.isArray(args) || !args.every((arg) => typeof arg === "string"))
    refuse({ name: "args", came: args, expected: "an array of strings" });
  if (typeof spawn !== "object" || spawn === null)
    refuse({ name: "spawn", came: spawn, expected: "an object with options of spawn" });
  if (read(spawn, "detached") === true)
    refuse({
      name: "spawn.detached",
      came: true,
      expected: "left out",
      hint: "Use child_process.spawn for a child that outlives this process.",
    });
  if (isolate?.limits !== undefined && spawn.shell !== undefined && spawn.shell !== false)
    refuse({
      name: "spawn.shell",
      came: spawn.shell,
      expected: "left out with isolate.limits",
      hint: 'Use the command "sh" with ["-c", script].',
    });
  return {
    ...supervision(options, path.basename(command)),
    restart: expectRestart(options.restart),
    source: { kind: "launch", command, args, spawn, isolate: expectIsolation(isolate) },
  };
}

type Supervision = Omit<SubprocessSettings, "restart" | "source">;

function supervision(
  { name, health, stopTimeout, closes }: SupervisionOptions,
  program: string,
): Supervision {
  if (closes !== undefined && typeof read(closes, Symbol.asyncDispose) !== "function")
    refuse({
      name: "closes",
      came: closes,
      expected: "an object with Symbol.asyncDispose, a context for example",
    });
  return {
    name: expectString("name", name ?? program),
    health: health === undefined ? undefined : expectHealth(health),
    stopTimeout: expectDuration("stopTimeout", stopTimeout ?? 5_000),
    closes,
  };
}

function refuse(argument: InvalidArgument): never {
  throw new InvalidArgumentError(argument);
}
