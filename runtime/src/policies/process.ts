import * as cp from "node:child_process";
import * as os from "node:os";
import { now, quietlyAfter } from "../clock.js";
import { isThenable, onFirst, read } from "../duck.js";
import type { Policy } from "../entry.js";
import { endTree, endTreesSync, TERM_GRACE } from "../process/end.js";
import { joinJob } from "../process/job-control.js";
import { reaperOf } from "../process/reaper.js";
import { type ProcessRow, readRow } from "../process/table.js";
import { Tree } from "../process/tree.js";
import { sharedState } from "../state.js";

/** How often to look whether the last one of a group whose leader has ended is gone. */
const SURVIVOR_POLL = 1_000;

/** The status of a shell that was interrupted. */
const INTERRUPTED = 128 + os.constants.signals.SIGINT;

const graces = new WeakMap<object, number>();

/** Grants a child another time than the usual one between SIGTERM and SIGKILL, in milliseconds. */
export const grantGrace = (child: object, ms: number): void => void graces.set(child, ms);

const graceOf = (child: unknown): number =>
  (typeof child === "object" && child !== null ? graces.get(child) : undefined) ?? TERM_GRACE;

/** The policy of a child process, with its tree for those who end many at once. */
export interface ProcessPolicy extends Policy {
  readonly kind: "process";
  readonly tree: Tree;
}

/** Whether a policy is one of a process. */
export const isProcessPolicy = (policy: Policy): policy is ProcessPolicy =>
  policy.kind === "process" && "tree" in policy;

/**
 * How to end what was given, or undefined when there is nothing to end: a double of a test, a spawn that failed, a
 * process that has ended. `forget` is called as soon as it ends by itself.
 */
export function processPolicy(value: unknown, forget: () => void): ProcessPolicy | undefined {
  const child = read(value, "child") ?? value;
  const pid = read(child, "pid");
  if (typeof pid !== "number" || pid <= 0 || hasExitStatus(child)) return undefined;
  const row = readRow(pid);
  if (!isOurs(child, row?.ppid)) return undefined;
  const policy = watch(child, new Tree(pid, row), forget);
  return isThenable(value) ? takingBlame(policy, value) : policy;
}

/** What is also the promise of its end (`execa`) rejects because we end it: that is nobody's unhandled rejection. */
function takingBlame(policy: ProcessPolicy, promise: PromiseLike<unknown>): ProcessPolicy {
  const handle = (): void => void promise.then(undefined, () => {});
  return {
    ...policy,
    release: (limit) => {
      handle();
      return policy.release(limit);
    },
    releaseSync: () => {
      handle();
      policy.releaseSync();
    },
  };
}

const hasExitStatus = (child: unknown): boolean =>
  typeof read(child, "exitCode") === "number" || typeof read(child, "signalCode") === "string";

/**
 * A pid alone proves nothing: a double may carry any number, and signalling it would hit a stranger. What is no
 * ChildProcess of Node (a pseudo-terminal, say) must at least be a child of this process.
 */
function isOurs(child: unknown, ppid: number | undefined): boolean {
  if (ppid !== undefined) return ppid === process.pid;
  const isNodes = typeof cp.ChildProcess === "function" && child instanceof cp.ChildProcess;
  return isNodes && process.platform !== "linux";
}

function watch(child: unknown, tree: Tree, forget: () => void): ProcessPolicy {
  const state = sharedState();
  const reaper = reaperOf(state);
  let sawExit = false;
  let resolveEnded = (): void => {};
  const ended = new Promise<void>((resolve) => (resolveEnded = resolve));
  let survivors: readonly ProcessRow[] = [];
  const unlisten = onFirst(child, "exit", (code, signal) => {
    sawExit = true;
    // Ctrl-C reaches our whole group; what the program sends itself (`child.kill("SIGINT")`) means the child alone.
    const mayMeanUs = !tree.leadsGroup && read(child, "killed") !== true;
    if (mayMeanUs && (signal === "SIGINT" || code === INTERRUPTED)) state.interruptedAt = now();
    resolveEnded();
    survivors = tree.survivors();
    for (const { pid, start } of survivors) reaper?.add(pid, start);
    if (survivors.length > 0) forgetLater(tree, forget);
    else forget();
  });
  const hasEnded = (): boolean => sawExit || hasExitStatus(child) || !hasStatus(child);
  reaper?.add(tree.pid, tree.start ?? "-");
  const leaveJob = joinJob(tree);
  return {
    kind: "process",
    isProcessBound: true,
    tree,
    release: (limit) =>
      hasEnded() && hasStatus(child) && survivors.length === 0
        ? undefined
        : endTree({ tree, ended, hasEnded, grace: graceOf(child) }, limit),
    releaseSync: () => endTreesSync([tree]),
    letGo: () => {
      unlisten();
      leaveJob();
      for (const { pid } of [tree, ...survivors]) reaper?.remove(pid);
    },
  };
}

/** A shell that ended may have left something running in its group, which is ours until it ends as well. */
function forgetLater(tree: Tree, forget: () => void): void {
  const look = (): void => {
    if (tree.hasLivingMember() || tree.alive().length > 0) quietlyAfter(SURVIVOR_POLL, look);
    else forget();
  };
  quietlyAfter(SURVIVOR_POLL, look);
}

/** What has no `exitCode` at all never tells that it ended; then the process table has to do. */
const hasStatus = (child: unknown): boolean => read(child, "exitCode") !== undefined;
