import { quietlyAfter } from "../clock.js";
import { read } from "../duck.js";
import type { Health } from "../managed-resource.js";
import { expectDuration, expectFunction, expectInteger, expectOptions } from "../validate.js";

/** What a health check says: `false` and a rejection mean that it failed. */
export type Verdict = boolean | Health;

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
  readonly #tell: (health: Health, isUnhealthy: boolean) => void;
  #cancel = (): void => {};
  #failures = 0;
  #isStopped = false;

  /** `tell` hears the result of each check, and whether there were too many failures in a row. */
  constructor(options: Required<HealthOptions<T>>, tell: (health: Health, isUnhealthy: boolean) => void) {
    this.#options = options;
    this.#tell = tell;
  }

  start(subject: T): this {
    this.#cancel = quietlyAfter(this.#options.interval, () => void this.#look(subject));
    return this;
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancel();
  }

  async #look(subject: T): Promise<void> {
    const health = await this.#check(subject);
    if (this.#isStopped) return;
    this.#failures = health.status === "failed" ? this.#failures + 1 : 0;
    const isUnhealthy = this.#failures >= this.#options.failures;
    if (isUnhealthy) this.#failures = 0;
    this.start(subject);
    this.#tell(health, isUnhealthy);
  }

  #check(subject: T): Promise<Health> {
    const { check, timeout } = this.#options;
    return new Promise((resolve) => {
      const cancel = quietlyAfter(timeout, () =>
        resolve({ status: "failed", detail: `the check took longer than ${timeout} ms` }),
      );
      const end = (health: Health): void => {
        cancel();
        resolve(health);
      };
      const answer = async (): Promise<Verdict> => check(subject);
      answer().then(
        (verdict) => end(healthOf(verdict)),
        (error: unknown) => end({ status: "failed", detail: `the check threw ${nameOf(error)}` }),
      );
    });
  }
}

function healthOf(verdict: Verdict): Health {
  if (typeof verdict === "object" && verdict !== null) return verdict;
  return verdict === true ? { status: "ok" } : { status: "failed", detail: "the check said so" };
}

/** Its text may hold anything. */
const nameOf = (error: unknown): string => {
  const name = read(error, "code") ?? read(error, "name");
  return typeof name === "string" ? name : typeof error;
};
