import { now, sleep } from "../clock.js";
import { readTable } from "./table.js";
import { readTerminal } from "./terminal.js";
import type { Tree } from "./tree.js";

/** A child may end by the signal that ended us for so long, before SIGTERM follows. */
const FORWARD_GRACE = 2_000;

/**
 * Hands a signal on to our children and gives them time to end by it: many clean up on Ctrl-C and not on SIGTERM.
 * SIGTERM needs no handing on, the release begins with it.
 */
export async function forward(trees: readonly Tree[], signal: NodeJS.Signals): Promise<void> {
  if (signal === "SIGTERM" || process.platform === "win32" || trees.length === 0) return;
  const table = readTable();
  // The terminal has told all of its foreground group already; told twice, many programs end in a hurry.
  const isTold = signal === "SIGINT" && readTerminal()?.isForeground === true;
  for (const tree of trees) if (!isTold || tree.leadsGroup) tree.signal(signal, table);
  const deadline = now() + FORWARD_GRACE;
  while (trees.some((tree) => tree.hasLivingMember()) && now() < deadline) await sleep(20);
}

/**
 * For a program that takes care of SIGINT itself: Ctrl-C also means the children it would have reached, had they not
 * got a group of their own.
 */
export function forwardInterrupt(trees: Iterable<Tree>): void {
  if (readTerminal()?.isForeground === true) signalGroups(trees, "SIGINT");
}

/** Signals the trees that lead a group of their own, and gives back those. */
export function signalGroups(trees: Iterable<Tree>, signal: NodeJS.Signals): readonly Tree[] {
  const leaders = [...trees].filter((tree) => tree.leadsGroup);
  if (leaders.length === 0) return leaders;
  const table = readTable();
  for (const tree of leaders) tree.signal(signal, table);
  return leaders;
}
