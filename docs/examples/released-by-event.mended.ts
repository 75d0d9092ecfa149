import { setTimeout } from "node:timers/promises";

/** Aborting the signal ends it as well, and nothing is left behind. */
export async function waitForPort(isOpen: () => boolean, signal: AbortSignal): Promise<void> {
  while (!isOpen()) await setTimeout(100, undefined, { signal });
}
