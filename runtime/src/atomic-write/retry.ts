import { codeOf, isOutOfDescriptors } from "./errors.js";

// The real ones: a test that fakes timers later must not make a retry wait for ever.
const { setTimeout } = globalThis;

const PATIENCE_MS = 10_000;
const LONGEST_PAUSE_MS = 50;
/** A blocked thread closes nothing itself: only closes already under way can free a descriptor. */
const SYNC_DESCRIPTOR_PATIENCE_MS = 200;

/** Repeats `attempt` while the process (EMFILE) or the system (ENFILE) is out of descriptors. */
export function whenDescriptorsAllow<T>(attempt: () => Promise<T>): Promise<T> {
  return retry(attempt, isOutOfDescriptors);
}

/** @see whenDescriptorsAllow */
export function whenDescriptorsAllowSync<T>(attempt: () => T): T {
  return retrySync(attempt, isOutOfDescriptors, SYNC_DESCRIPTOR_PATIENCE_MS);
}

/** Windows refuses to rename over a file while a virus scanner or an indexer has it open. */
export function whenUnlocked<T>(attempt: () => Promise<T>): Promise<T> {
  return process.platform === "win32" ? retry(attempt, isLocked) : attempt();
}

/** @see whenUnlocked */
export function whenUnlockedSync<T>(attempt: () => T): T {
  return process.platform === "win32" ? retrySync(attempt, isLocked, PATIENCE_MS) : attempt();
}

async function retry<T>(attempt: () => Promise<T>, isTemporary: (error: unknown) => boolean): Promise<T> {
  const deadline = performance.now() + PATIENCE_MS;
  for (let pause = 1; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      return await attempt();
    } catch (error) {
      if (!isTemporary(error) || performance.now() > deadline) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, pause * (0.5 + Math.random())));
  }
}

function retrySync<T>(attempt: () => T, isTemporary: (error: unknown) => boolean, patience: number): T {
  const deadline = performance.now() + patience;
  for (let pause = 1; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      return attempt();
    } catch (error) {
      if (!isTemporary(error) || performance.now() > deadline) throw error;
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pause);
  }
}

function isLocked(error: unknown): boolean {
  return ["EPERM", "EACCES", "EBUSY"].includes(codeOf(error) ?? "");
}
