import * as cp from "node:child_process";
import { now, sleep, sleepSync } from "../clock.js";
import { readTable } from "./table.js";
import type { Tree } from "./tree.js";

/** SIGTERM may take this long before SIGKILL follows, unless a child was granted more or less. */
export const TERM_GRACE = 5_000;
/** The same inside the `exit` event, where the whole process waits. */
const TERM_GRACE_SYNC = 1_000;
const KILL_GRACE_SYNC = 200;
const POLL_SYNC = 5;

/** A tree to end, and what is known of its root from its own events. */
export interface Ending {
  readonly tree: Tree;
  /** Whether the root has ended and was waited for. */
  hasEnded(): boolean;
  /** Settles when it has. */
  readonly ended: Promise<void>;
  /** How long SIGTERM may take before SIGKILL follows, in milliseconds. */
  readonly grace: number;
}

/** SIGTERM, then SIGKILL, to the whole tree; done when all of it is gone and the root's `exit` was seen. */
export async function endTree(ending: Ending, limit: number): Promise<void> {
  if (process.platform === "win32") return endTreeOnWindows(ending, limit);
  const grace = Math.min(ending.grace, limit / 2);
  ending.tree.signal("SIGTERM");
  if (await isGone(ending, grace)) return;
  const deadline = now() + limit - grace;
  do ending.tree.signal("SIGKILL");
  while (!(await isGone(ending, Math.min(200, deadline - now()))) && now() < deadline);
}

async function isGone(ending: Ending, ms: number): Promise<boolean> {
  const deadline = now() + ms;
  for (let pause = 4; ; pause = Math.min(100, pause * 1.6)) {
    const alive = ending.tree.alive();
    if (alive.length === 0 && ending.hasEnded()) return true;
    // It may have been about to stop when it got the signal.
    ending.tree.wake(alive);
    const left = deadline - now();
    if (left <= 0) return false;
    await sleep(Math.min(pause, left), ending.hasEnded() ? undefined : ending.ended);
  }
}

/** Ends all of them together, blocking, for at most a second and a bit. */
export function endTreesSync(trees: readonly Tree[], grace: number = TERM_GRACE_SYNC): void {
  if (trees.length === 0) return;
  if (process.platform === "win32") return trees.forEach((tree) => cp.spawnSync("taskkill", taskkill(tree)));
  signalAll(trees, "SIGTERM");
  if (pollSync(trees, grace)) return;
  signalAll(trees, "SIGKILL");
  if (!pollSync(trees, KILL_GRACE_SYNC)) signalAll(trees, "SIGKILL");
}

function signalAll(trees: readonly Tree[], signal: NodeJS.Signals): void {
  const table = readTable();
  for (const tree of trees) tree.signal(signal, table);
}

/** Looks at the known members only, which is cheap; the whole table is read when they are gone. */
function pollSync(trees: readonly Tree[], ms: number): boolean {
  const deadline = now() + ms;
  while (trees.some((tree) => tree.hasLivingMember())) {
    if (now() >= deadline) return false;
    sleepSync(POLL_SYNC);
  }
  const table = readTable();
  return trees.every((tree) => tree.alive(table).length === 0);
}

const taskkill = (tree: Tree): string[] => ["/pid", String(tree.pid), "/T", "/F"];

async function endTreeOnWindows(ending: Ending, limit: number): Promise<void> {
  if (ending.hasEnded()) return;
  await new Promise<void>((resolve) => {
    cp.execFile("taskkill", taskkill(ending.tree), { timeout: limit, windowsHide: true }, () => resolve());
  });
  if (!ending.hasEnded()) await sleep(limit / 2, ending.ended);
}
