import { ContextClosedError, LimitExceededError } from "./errors.js";
import type { KindLimit } from "./settings.js";
import { sharedState } from "./state.js";

/** How many resources of one kind are open, and who waits for one of them to go. */
export interface Tally {
  readonly kind: string;
  open: number;
  readonly waiting: Set<() => void>;
}

/** Counts by kind: one census for the whole process, and one for each manager. */
export class Census {
  readonly #tallies = new Map<string, Tally>();

  of(kind: string): Tally {
    const known = this.#tallies.get(kind);
    if (known !== undefined) return known;
    const tally: Tally = { kind, open: 0, waiting: new Set() };
    this.#tallies.set(kind, tally);
    return tally;
  }

  /** What is open, by kind. */
  counts(): Readonly<Record<string, number>> {
    return Object.fromEntries(
      [...this.#tallies.values()].filter(({ open }) => open > 0).map(({ kind, open }) => [kind, open]),
    );
  }

  get waiting(): number {
    return [...this.#tallies.values()].reduce((sum, { waiting }) => sum + waiting.size, 0);
  }
}

/** One more is open. */
export function arrive(tally: Tally): void {
  tally.open += 1;
}

/** One is gone: whoever waits longest looks again. */
export function leave(tally: Tally): void {
  tally.open -= 1;
  wakeFirst(tally);
}

/** Gives what was reserved to the entry that `hold` makes, if it makes one. */
export function passOn<T>(tally: Tally, hold: () => T): T {
  const before = (tally.open -= 1);
  try {
    return hold();
  } finally {
    if (tally.open === before) wakeFirst(tally);
  }
}

function wakeFirst({ waiting }: Tally): void {
  const [first] = waiting;
  first?.();
}

/** The limit of the process for one kind. */
export function limitOf(kind: string): KindLimit | undefined {
  const { limits } = sharedState().settings;
  return limits === undefined ? undefined : ownLimit(limits, kind);
}

/** The limit in a table; what every object inherits is none. */
export function ownLimit(limits: Readonly<Record<string, KindLimit>>, kind: string): KindLimit | undefined {
  return Object.hasOwn(limits, kind) ? limits[kind] : undefined;
}

/** Throws a {@link LimitExceededError} when one more would be too many. */
export function refuseIfFull({ kind, open }: Tally, limit: KindLimit | undefined): void {
  if (limit !== undefined && open >= limit.max) throw new LimitExceededError(kind, limit.max);
}

/**
 * Counts one more as soon as there is room for it, or throws as the limit says. Rejects when `signal` is aborted. Whoever
 * has reserved calls {@link arrive} no more, and {@link leave} when nothing came of it.
 */
export async function reserve(
  tally: Tally,
  limit: KindLimit | undefined,
  signal: AbortSignal,
): Promise<void> {
  if (limit?.whenFull === "refuse") refuseIfFull(tally, limit);
  while (limit !== undefined && tally.open >= limit.max) await oneLeft(tally, signal);
  arrive(tally);
}

function oneLeft(tally: Tally, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      tally.waiting.delete(wake);
      signal.removeEventListener("abort", close);
    };
    const wake = (): void => {
      stop();
      resolve();
    };
    const close = (): void => {
      stop();
      reject(new ContextClosedError(tally.kind));
    };
    if (signal.aborted) return close();
    tally.waiting.add(wake);
    signal.addEventListener("abort", close);
  });
}
