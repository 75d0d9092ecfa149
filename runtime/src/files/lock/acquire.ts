import * as fs from "node:fs";
import * as path from "node:path";
import { throwIfAborted } from "../../atomic-write/errors.js";
import { sweep } from "../../atomic-write/sweep.js";
import { now } from "../../clock.js";
import { publish } from "../../events.js";
import { LockTimeoutError, type LockHolder } from "../errors.js";
import { gateName, tryGate } from "./gate.js";
import { isGone, isHere } from "./holder.js";
import { hasLockFile, holderIn, tryLockFile } from "./lock-file.js";
import { isOver, pause, type Limits } from "./limits.js";
import type { Place } from "./place.js";
import { isLocal, silentHolder, trySocketFile, waitForSocketFile } from "./socket-file.js";
import { visit, type Listener } from "./socket.js";

export interface Wish {
  readonly place: Place;
  /** As the caller wrote it, for errors. */
  readonly asked: string;
  /** In milliseconds. */
  readonly timeout: number;
  readonly signal: AbortSignal | undefined;
}

/** What the kernel and the file system hold for us. */
export interface Grip {
  isIntact(): boolean;
  release(): void;
}

/** One attempt: the lock, or that it is held, or that this way does not work here. */
type Answer = Grip | "busy" | "unable";

interface Way {
  attempt(): Promise<Answer>;
  /** Waits until the next attempt may succeed; says who was in the way, if that is known. */
  wait(limits: Limits): Promise<LockHolder | undefined>;
}

/** A holder in our own pid namespace is looked at this often, which costs next to nothing. */
const LOOK_MS = 20;
/** Whether one in another container still holds the lock, only an attempt can tell, and that starts a process. */
const ATTEMPT_MS = 100;
/** A holder whose event loop turns says who it is within this time. */
const ANSWER_MS = 50;
const SHARED_MODE = 0o666;

/** Waits for the lock, in the best way that this system and this directory have. */
export async function acquire(wish: Wish): Promise<Grip> {
  const limits = { deadline: now() + wish.timeout, signal: wish.signal };
  const { place } = wish;
  if (process.platform === "win32") return orFail(await tryWay(byGate(place.key), wish, limits));
  const directory = path.dirname(place.lockFile);
  // What others left who died while they were asking for a lock.
  await sweep(directory);
  const grip = isLocal(directory) ? await tryWay(bySocket(place), wish, limits) : undefined;
  return grip ?? behindGate(wish, limits);
}

/** The lock file, for which only one process of our network namespace contends at a time. */
export async function behindGate(wish: Wish, limits: Limits): Promise<Grip> {
  const { place } = wish;
  const gate = await tryWay(byGate(place.key), wish, limits);
  try {
    const mode = await modeFor(place.file);
    const way = byFile({ lockFile: place.lockFile, hasGate: gate !== undefined, mode });
    const file = orFail(await tryWay(way, wish, limits));
    return { isIntact: file.isIntact, release: () => releaseBoth(file, gate) };
  } catch (error) {
    gate?.release();
    throw error;
  }
}

/** `undefined` when the way does not work here. */
async function tryWay(way: Way, wish: Wish, limits: Limits): Promise<Grip | undefined> {
  let holder: LockHolder | undefined;
  for (;;) {
    throwIfAborted(limits.signal);
    const answer = await way.attempt();
    if (answer === "unable") return undefined;
    if (answer !== "busy") return answer;
    // Whoever did not want to wait at all still wants to know who was in the way.
    if (isOver(limits)) throw giveUp(wish, holder ?? (await way.wait(shortly())));
    holder = (await way.wait(limits)) ?? holder;
  }
}

const bySocket = (place: Place): Way => ({
  attempt: () => trySocketFile(place),
  wait: (limits) => waitForSocketFile(place, limits),
});

const byGate = (key: string): Way => ({
  attempt: async () => {
    const gate = await tryGate(key);
    if (typeof gate === "string") return gate === "busy" ? "busy" : "unable";
    return alwaysIntact(gate);
  },
  wait: async (limits) => {
    const { outcome, holder } = await visit(gateName(key) ?? "", limits);
    if (outcome !== "left") await pause(1 + Math.random() * 5, limits);
    return holder;
  },
});

const byFile = (request: Parameters<typeof tryLockFile>[0]): Way => ({
  attempt: () => tryLockFile(request),
  wait: (limits) => untilPromising(request.lockFile, limits),
});

/** Lets the time pass in which an attempt would certainly be for nothing. */
async function untilPromising(lockFile: string, limits: Limits): Promise<LockHolder | undefined> {
  for (;;) {
    const holder = holderIn(lockFile);
    // A little chance, so that two that hinder each other do not go on doing so.
    const ms = holder === undefined ? Math.random() * LOOK_MS : isHere(holder) ? LOOK_MS : ATTEMPT_MS;
    await pause(ms, limits);
    if (holder === undefined || !isHere(holder) || isOver(limits) || !hasLockFile(lockFile)) return holder;
  }
}

const alwaysIntact = (gate: Listener): Grip => ({ isIntact: () => true, release: () => gate.close() });

const shortly = (): Limits => ({ deadline: now() + ANSWER_MS, signal: undefined });

function releaseBoth(file: Grip, gate: Grip | undefined): void {
  try {
    file.release();
  } finally {
    gate?.release();
  }
}

/** Whoever may write the file may lock it. */
async function modeFor(file: string): Promise<number> {
  try {
    return (await fs.promises.stat(file)).mode & SHARED_MODE;
  } catch {
    return SHARED_MODE; // nothing there yet
  }
}

function orFail(grip: Grip | undefined): Grip {
  if (grip !== undefined) return grip;
  throw Object.assign(new Error("ENOTSUP: this system has no way to lock a file"), { code: "ENOTSUP" });
}

function giveUp({ place, asked, timeout, signal }: Wish, known: LockHolder | undefined): Error {
  throwIfAborted(signal);
  publish("timeout", () => ({ kind: "lock", owner: asked, limit: timeout }));
  const noted = holderIn(place.lockFile);
  const silent = noted === undefined || isGone(noted) ? silentHolder(place.lockFile) : noted;
  return new LockTimeoutError(asked, timeout, known ?? silent);
}
