import { quietlyAfter } from "../clock.js";
import { HealthCheck, type Verdict } from "../health-check.js";
import type { Health } from "../managed-resource.js";
import { expectDuration, expectFunction, expectInteger, expectOptions } from "../validate.js";

/** How to tell whether a subprocess still does its work. Times are in milliseconds. */
export interface HealthOptions<T> {
  /** Asked again and again, never twice at a time. */
  readonly check: (subject: T) => Verdict | PromiseLike<Verdict>;
  /** From the end of one check to the next. Default: 30,000. */
  readonly interval?: number;
  /** A check that takes longer has failed. Default: 5,000. */
  readonly timeout?: number;
  /** So many failures in a row make it unhealthy. Default: 3. */
  readonly failures?: number;
}

/** Throws `InvalidArgumentError` or `UnknownOptionError`. */
export function expectHealth<T>(given: HealthOptions<T>): Required<HealthOptions<T>> {
  const { check, interval, timeout, failures } = expectOptions("health", given, [
    "check",
    "interval",
    "timeout",
    "failures",
  ]);
  return {
    check: expectFunction("health.check", check ?? given.check),
    interval: expectDuration("health.interval", interval ?? 30_000),
    timeout: expectDuration("health.timeout", timeout ?? 5_000),
    failures: expectInteger("health.failures", failures ?? 3, { min: 1 }),
  };
}

/** Checks again and again, without keeping the process alive for it, until it is stopped. */
export class HealthWatch<T> {
  readonly #options: Required<HealthOptions<T>>;
  readonly #check: HealthCheck;
  readonly #tell: (health: Health, isUnhealthy: boolean) => void;
  #cancel = (): void => {};
  #isStopped = false;

  /** `tell` hears the result of each check of `subject`, and whether there were too many failures in a row. */
  constructor(
    subject: T,
    options: Required<HealthOptions<T>>,
    tell: (health: Health, isUnhealthy: boolean) => void,
  ) {
    this.#check = new HealthCheck(() => options.check(subject));
    this.#options = options;
    this.#tell = tell;
    this.#wait();
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancel();
  }

  #wait(): void {
    this.#cancel = quietlyAfter(this.#options.interval, () => void this.#look());
  }

  async #look(): Promise<void> {
    const { timeout, failures } = this.#options;
    const health = await this.#check.look({ timeout, after: quietlyAfter });
    if (this.#isStopped) return;
    const isUnhealthy = this.#check.failures >= failures;
    if (isUnhealthy) this.#check.startOver();
    this.#wait();
    this.#tell(health, isUnhealthy);
  }
}
