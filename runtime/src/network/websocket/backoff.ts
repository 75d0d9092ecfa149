import { now } from "../../clock.js";

/** How a lost connection is made again. */
export interface ReconnectOptions {
  /** The longest wait before the first try, in milliseconds; each try doubles it. Default: 1,000. */
  readonly baseDelay?: number;
  /** No wait is longer than this, in milliseconds. Default: 30,000. */
  readonly maxDelay?: number;
  /** A connection counts as good after this time, and the waits begin anew; in milliseconds. Default: 5,000. */
  readonly resetAfter?: number;
  /** Give up after this many tries in a row. Default: never. */
  readonly maxTries?: number;
}

export const RECONNECT = {
  baseDelay: 1_000,
  maxDelay: 30_000,
  resetAfter: 5_000,
  maxTries: Infinity,
} as const;

/**
 * How long to wait before each try: anything from nothing to a bound that doubles. All clients of a server that went
 * down come back at different times, each time.
 */
export class Backoff {
  readonly #options: Required<ReconnectOptions>;
  #tries = 0;
  #openSince: number | undefined;

  constructor(options: Required<ReconnectOptions>) {
    this.#options = options;
  }

  /** How often it was tried since the connection was good. */
  get tries(): number {
    return this.#tries;
  }

  get isSpent(): boolean {
    return this.#tries >= this.#options.maxTries;
  }

  /** Counts one try and says how long to wait for it. */
  next(): number {
    const bound = Math.min(this.#options.maxDelay, this.#options.baseDelay * 2 ** this.#tries);
    this.#tries += 1;
    return Math.random() * bound;
  }

  opened(): void {
    this.#openSince = now();
  }

  /** A connection that lasted begins a new count; one that was accepted and dropped does not. */
  lost(): void {
    if (this.#openSince !== undefined && now() - this.#openSince >= this.#options.resetAfter) this.#tries = 0;
    this.#openSince = undefined;
  }
}
