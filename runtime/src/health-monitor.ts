import "./symbols.js";
import { after, now, quietlyAfter } from "./clock.js";
import { publish } from "./events.js";
import { HealthCheck, type Patience } from "./health-check.js";
import type { Health } from "./managed-resource.js";
import { log } from "./settings.js";
import {
  expectDuration,
  expectFunction,
  expectInteger,
  expectMethods,
  expectOptions,
  expectString,
} from "./validate.js";

/** How often and how strictly to look. Times are in milliseconds. */
export interface HealthMonitorOptions {
  /** From the end of one round of checks to the next. Default: 30,000. */
  readonly interval?: number;
  /** A check that takes longer has failed. Default: 5,000. */
  readonly timeout?: number;
  /** After so many failures in a row the resource is restarted. Default: 3. */
  readonly failures?: number;
}

/** What can be asked how it is; every `ManagedResource` can. */
export interface Checkable {
  readonly kind?: string;
  readonly name?: string;
  /** How it is now; a rejection means that it has failed. */
  health(): Health | PromiseLike<Health>;
}

/** What to do about one resource. */
export interface WatchOptions {
  /** What it is called in reports. Default: its own name, or its kind and a number. */
  readonly name?: string;
  /** Starts it again, or connects it again, when it has failed too often in a row. */
  readonly restart?: (report: HealthReport) => unknown;
}

/** How a resource was when it was last looked at. */
export interface HealthReport extends Health {
  readonly kind: string;
  readonly name: string;
  /** How many checks have failed in a row. */
  readonly failures: number;
  /** How long the check took, in milliseconds. */
  readonly duration: number;
}

/**
 * Looks at resources again and again, tells the channel `resource:health` what it saw, and has those restarted that
 * fail. Nothing of it keeps the process alive.
 */
export class HealthMonitor implements Disposable {
  readonly #options: Required<HealthMonitorOptions>;
  readonly #watched = new Set<Watched>();
  #cancel: (() => void) | undefined;
  #count = 0;

  constructor(options?: HealthMonitorOptions) {
    this.#options = expectMonitor(options);
  }

  /** Begins to look, first after one interval; without effect when it has begun. */
  start(): this {
    this.#cancel ??= quietlyAfter(this.#options.interval, () => void this.#round());
    return this;
  }

  /** Looks no more, and restarts nothing from now on. What is being restarted goes on. */
  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  /** Looks at a resource from now on; gives back the way to stop that. */
  watch(resource: Checkable, options?: WatchOptions): () => void {
    expectMethods("resource", resource, ["health"]);
    const { name, restart } = expectOptions("options", options, ["name", "restart"]);
    const kind = resource.kind ?? "resource";
    const watched = new Watched(resource, {
      kind,
      name:
        name === undefined ? (resource.name ?? `${kind} ${(this.#count += 1)}`) : expectString("name", name),
      restart: restart && expectFunction("restart", restart),
    });
    this.#watched.add(watched);
    return () => void this.#watched.delete(watched);
  }

  /** What was seen last; resources that were not looked at yet are left out. */
  status(): readonly HealthReport[] {
    return [...this.#watched].map((one) => one.report).filter((report) => report !== undefined);
  }

  /** Looks at all of them now, at the same time; nothing is restarted because of it. */
  async check(): Promise<readonly HealthReport[]> {
    await this.#look(after);
    return this.status();
  }

  /** The same as {@link stop}, for `using`. */
  [Symbol.dispose](): void {
    this.stop();
  }

  async #round(): Promise<void> {
    const running = this.#cancel;
    await this.#look(quietlyAfter);
    // Stopped meanwhile, and perhaps started again.
    if (this.#cancel !== running || running === undefined) return;
    for (const one of this.#watched) one.restartAfter(this.#options.failures);
    this.#cancel = undefined;
    this.start();
  }

  async #look(wait: Patience["after"]): Promise<void> {
    const patience = { timeout: this.#options.timeout, after: wait };
    await Promise.all([...this.#watched].map((one) => one.check(patience)));
  }
}

interface Subject {
  readonly kind: string;
  readonly name: string;
  readonly restart: ((report: HealthReport) => unknown) | undefined;
}

class Watched {
  readonly #check: HealthCheck;
  readonly #subject: Subject;
  #report: HealthReport | undefined;
  #isRestarting = false;
  #attempts = 0;

  constructor(resource: Checkable, subject: Subject) {
    this.#check = new HealthCheck(() => resource.health());
    this.#subject = subject;
  }

  get report(): HealthReport | undefined {
    return this.#report;
  }

  async check(patience: Patience): Promise<void> {
    const begin = now();
    const health = await this.#check.look(patience);
    const { kind, name } = this.#subject;
    const { failures } = this.#check;
    if (failures === 0) this.#attempts = 0;
    this.#report = { ...health, kind, name, failures, duration: now() - begin };
    publish("health", () => ({ kind, name, ...health }));
  }

  restartAfter(limit: number): void {
    const report = this.#report;
    const { restart } = this.#subject;
    if (restart === undefined || report === undefined || report.failures < limit || this.#isRestarting)
      return;
    this.#isRestarting = true;
    this.#attempts += 1;
    const { kind, name } = this.#subject;
    publish("restart", () => ({ kind, name, attempt: this.#attempts, delay: 0, error: report.detail }));
    log(
      "warn",
      { kind, name, attempt: this.#attempts, detail: report.detail },
      "restarting after failed checks",
    );
    void this.#restart(restart, report);
  }

  async #restart(restart: (report: HealthReport) => unknown, report: HealthReport): Promise<void> {
    try {
      await restart(report);
    } catch (error) {
      log("error", { kind: report.kind, name: report.name, error }, "could not be restarted");
    } finally {
      this.#isRestarting = false;
      // Whether it helped or not, it gets as many checks as before.
      this.#check.startOver();
      if (this.#report !== undefined) this.#report = { ...this.#report, failures: 0 };
    }
  }
}

function expectMonitor(given: HealthMonitorOptions | undefined): Required<HealthMonitorOptions> {
  const options = expectOptions("options", given, ["interval", "timeout", "failures"]);
  const { interval = 30_000, timeout = 5_000, failures = 3 } = options;
  return {
    interval: expectDuration("interval", interval),
    timeout: expectDuration("timeout", timeout),
    failures: expectInteger("failures", failures, { min: 1 }),
  };
}
