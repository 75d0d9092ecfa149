import { after, now } from "../../clock.js";

/** How long an attempt may go on. */
export interface Limits {
  /** On the clock of `now()`, which no change of the system's time moves. */
  readonly deadline: number;
  readonly signal: AbortSignal | undefined;
}

export function isOver({ deadline, signal }: Limits): boolean {
  return signal?.aborted === true || now() >= deadline;
}

/** Waits for `wake`, and gives up at the deadline or when the signal is aborted; `giveUp` lets go of what `wake` holds. */
export function waitWithin(
  limits: Limits,
  start: (wake: () => void) => { readonly giveUp: () => void },
): Promise<void> {
  return new Promise((resolve) => {
    const timer = onDeadline(limits, () => end());
    const { giveUp } = start(() => end());
    const end = (): void => {
      timer();
      limits.signal?.removeEventListener("abort", end);
      giveUp();
      resolve();
    };
    limits.signal?.addEventListener("abort", end);
  });
}

/** At most `ms`. */
export function pause(ms: number, limits: Limits): Promise<void> {
  return waitWithin(limits, (wake) => ({ giveUp: after(ms, wake) }));
}

function onDeadline({ deadline }: Limits, callback: () => void): () => void {
  return Number.isFinite(deadline) ? after(Math.max(0, deadline - now()), callback) : () => {};
}
