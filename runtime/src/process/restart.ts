import { expectDuration, expectInteger, expectOneOf, expectOptions } from "../validate.js";
import type { Exit } from "./errors.js";

/** When to start a subprocess again that has ended, and when to give up. Times are in milliseconds. */
export interface RestartOptions {
  /** `permanent`: always. `transient`: unless it ended with status 0. `temporary` (default): never. */
  readonly policy?: "permanent" | "transient" | "temporary";
  /** More restarts than this in {@link RestartOptions.within}, and it is given up. Default: 3. */
  readonly max?: number;
  /** Default: 5,000. */
  readonly within?: number;
  /** The wait before the first restart, doubled for each one that follows; a random half of it is left out. Default: 100. */
  readonly delay?: number;
  /** The longest wait. Default: 30,000. */
  readonly maxDelay?: number;
  /** Once it has run for so long, the wait is the first one again. Default: 60,000. */
  readonly resetAfter?: number;
}

export type RestartSettings = Required<RestartOptions>;

const KEYS = ["policy", "max", "within", "delay", "maxDelay", "resetAfter"] as const;
const POLICIES = ["permanent", "transient", "temporary"] as const;

/** Throws `InvalidArgumentError` or `UnknownOptionError`. */
export function expectRestart(given: RestartOptions | undefined): RestartSettings {
  const options = expectOptions("restart", given, KEYS);
  return {
    policy: expectOneOf("restart.policy", options.policy ?? "temporary", POLICIES),
    max: expectInteger("restart.max", options.max ?? 3, { min: 0 }),
    within: expectDuration("restart.within", options.within ?? 5_000),
    delay: expectDuration("restart.delay", options.delay ?? 100),
    maxDelay: expectDuration("restart.maxDelay", options.maxDelay ?? 30_000),
    resetAfter: expectDuration("restart.resetAfter", options.resetAfter ?? 60_000),
  };
}

/** Whether this end calls for another start. */
export function wantsRestart({ policy }: RestartSettings, { code }: Exit): boolean {
  return policy === "permanent" || (policy === "transient" && code !== 0);
}

/** Counts restarts: how long to wait for the next one, and when there have been too many. */
export class RestartBudget {
  readonly #settings: RestartSettings;
  readonly #random: () => number;
  #recent: readonly number[] = [];
  #streak = 0;
  #total = 0;

  constructor(settings: RestartSettings, random: () => number = Math.random) {
    this.#settings = settings;
    this.#random = random;
  }

  get total(): number {
    return this.#total;
  }

  /** The wait before the next restart, or undefined when it is time to give up. */
  next(now: number, uptime: number): number | undefined {
    const { max, within, resetAfter } = this.#settings;
    this.#recent = this.#recent.filter((time) => now - time <= within);
    if (this.#recent.length >= max) return undefined;
    if (uptime >= resetAfter) this.#streak = 0;
    const wait = this.#wait();
    this.#recent = [...this.#recent, now];
    this.#streak += 1;
    this.#total += 1;
    return wait;
  }

  /** With jitter, so that many that failed together do not come back together. */
  #wait(): number {
    const { delay, maxDelay } = this.#settings;
    const full = Math.min(maxDelay, delay * 2 ** this.#streak);
    return full / 2 + (full / 2) * this.#random();
  }
}
