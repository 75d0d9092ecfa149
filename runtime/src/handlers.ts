import * as os from "node:os";
import { types } from "node:util";
import { removeUnfinished } from "./atomic-write/shared.js";
import { after, now, sleep } from "./clock.js";
import { read } from "./duck.js";
import type { Entry } from "./entry.js";
import type { CleanupFailure } from "./errors.js";
import { markOurs, othersOn } from "./listeners.js";
import { openContexts } from "./open-contexts.js";
import { isProcessPolicy } from "./policies/process.js";
import { endTreesSync } from "./process/end.js";
import { forward, forwardInterrupt } from "./process/forward.js";
import type { Tree } from "./process/tree.js";
import { releaseAll, releaseAllSync, releaseTogether } from "./release.js";
import { report, reportAtExit } from "./report.js";
import { settings } from "./settings.js";
import type { State } from "./state.js";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
type Signal = (typeof SIGNALS)[number];

/** A signal that was raised again has ended the process within this time, or never will. */
const RAISE_GRACE = 500;

/** An interrupt that ended a child in our group reaches us within this time. */
const INTERRUPT_GRACE = 250;

/** Installs the handlers of this process, once; they stay, for signals get lost while a handler is being removed. */
export function installHandlers(state: State): void {
  if (state.hasHandlers) return;
  state.hasHandlers = true;
  for (const signal of SIGNALS)
    process.on(
      signal,
      ours(signal, () => onSignal(state, signal)),
    );
  process.on("exit", () => releaseAtExit(state));
  process.on("beforeExit", () => onDrained(state));
}

const listeners = new Map<Signal, () => void>();

function ours(signal: Signal, listener: () => void): () => void {
  listeners.set(signal, listener);
  return markOurs(listener);
}

function onSignal(state: State, signal: Signal): void {
  // The host decides what a signal means: cancel one task, reload, drain connections that still need the children. When
  // it exits, the `exit` event releases what is left.
  if (hasHost(signal)) return signal === "SIGINT" ? forwardInterrupt(state.leaders) : undefined;
  if (isEmpty(state) && !state.isStopping) return raiseAgain(signal);
  if (state.isStopping) return endBy(state, signal);
  state.isStopping = true;
  // Ending a child may make its listeners call process.exit(): the program still dies of the signal.
  process.once("exit", () => raiseAgain(signal));
  void forward(treesOf(state), signal)
    .then(() => releaseOnSignal(state))
    .finally(() => endBy(state, signal));
}

function endBy(state: State, signal: Signal): void {
  // What the end of a child made the program start meanwhile (a restart, say) goes as well.
  report(releaseNow(state, { grace: 0 }));
  raiseAgain(signal);
  // The first process of a container does not die of a signal it has no handler for. Without what it held it is of no
  // use, so it ends the way a shell would report that signal.
  after(RAISE_GRACE, () => process.exit(128 + os.constants.signals[signal]));
}

/**
 * Lets what the caller gave to a context finish after an uncaught error. Only then: the listener keeps Node from printing
 * the error and exiting by itself, and for all that is held otherwise the `exit` event comes early enough.
 */
export function installErrorHandler(state: State): void {
  if (state.hasErrorHandler) return;
  state.hasErrorHandler = true;
  const listener = (error: unknown): void => onUncaught(state, () => dieOf(error, listener));
  process.on("uncaughtException", markOurs(listener));
}

function onUncaught(state: State, die: () => void): void {
  if (othersOn("uncaughtException") > 0) return;
  if (state.isStopping || isEmpty(state)) return die();
  state.isStopping = true;
  void releaseOnSignal(state).finally(die);
}

/** With our listener gone, Node prints the error and exits with status 1. */
function dieOf(error: unknown, listener: (error: unknown) => void): void {
  process.removeListener("uncaughtException", listener);
  // Thrown from here, the error would be printed with this line of ours above it; a rejection is printed with the line
  // that made the error. Where rejections are treated in another way, the wrong line is better than no exit.
  if (types.isNativeError(error) && hasDefaultRejections()) void Promise.reject(error);
  else
    process.nextTick(() => {
      throw error;
    });
  after(RAISE_GRACE, () => process.exit(1));
}

const hasDefaultRejections = (): boolean =>
  process.listenerCount("unhandledRejection") === 0 &&
  ![...process.execArgv, process.env["NODE_OPTIONS"] ?? ""].some((flag) =>
    flag.includes("unhandled-rejections"),
  );

const isEmpty = (state: State): boolean =>
  state.held.size === 0 && (state.root?.size ?? 0) === 0 && openContexts(state).length === 0;

/** Processes first, together, for they may still write into the folders that go after them; the root at last. */
async function releaseOnSignal(state: State): Promise<void> {
  const { signalTimeout } = settings();
  const deadline = now() + signalTimeout;
  const left = (): number => Math.max(0, deadline - now());
  report(await releaseTogether(processesOf(state), signalTimeout));
  for (const context of openContexts(state)) await sleep(left(), context.releaseAndReport());
  report(await releaseAll(othersOf(state), { each: left(), all: left(), concurrency: 1 }));
  if (state.root !== undefined) await sleep(left(), state.root.disposeAsync());
  if (state.held.size > 0) releaseNow(state, { grace: 0 });
}

function releaseAtExit(state: State): void {
  reportAtExit(releaseNow(state, {}));
  state.root?.dispose();
}

/** Everything that is held, without waiting for more than the children. */
function releaseNow(state: State, { grace }: { readonly grace?: number }): CleanupFailure[] {
  endTreesSync(treesOf(state), grace);
  for (const entry of processesOf(state)) entry.forget();
  for (const context of openContexts(state)) context.releaseSync();
  // What fails later than this fails in a process that is no more.
  return releaseAllSync(othersOf(state), () => {});
}

const treesOf = (state: State): Tree[] =>
  [...state.held]
    .map((entry) => entry.policy)
    .filter(isProcessPolicy)
    .map((policy) => policy.tree);
const processesOf = (state: State): Entry[] =>
  [...state.held].filter((entry) => isProcessPolicy(entry.policy));
const othersOf = (state: State): Entry[] => [...state.held].filter((entry) => !isProcessPolicy(entry.policy));

function onDrained(state: State): void {
  // Ctrl-C goes to the whole group, and a child can be gone before our thread hears of it. Without our handlers the
  // kernel would have ended us at once: that we ran out of work must not make a success of it.
  const left = state.interruptedAt + INTERRUPT_GRACE - now();
  if (left > 0) return void after(left, () => {});
  if (state.hasDrained || (state.root?.size ?? 0) === 0) return;
  state.hasDrained = true;
  void state.root?.disposeAsync();
}

/** With our listener gone, the signal does what it would have done without us. */
function raiseAgain(signal: Signal): void {
  const listener = listeners.get(signal);
  if (listener !== undefined) process.removeListener(signal, listener);
  // A death by signal has no `exit` event, which would have removed them.
  removeUnfinished();
  process.kill(process.pid, signal);
}

/** Whether somebody else takes care of this signal. */
function hasHost(signal: Signal): boolean {
  return othersOn(signal) > signalExitListeners();
}

/**
 * `signal-exit`, under many packages, kills the process itself, but only when its listeners are the only ones. It
 * waits for us to go, so it must not count as a host: nobody would end the process.
 */
function signalExitListeners(): number {
  const emitters = new Set([
    read(process, "__signal_exit_emitter__"),
    read(globalThis, Symbol.for("signal-exit emitter")),
  ]);
  const counts = [...emitters].map((emitter) => read(emitter, "count"));
  return counts.reduce<number>((sum, count) => sum + (typeof count === "number" ? count : 0), 0);
}
