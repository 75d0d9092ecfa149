import { read } from "./duck.js";
import type { Health } from "./managed-resource.js";

/** What a health check says: `false` and a rejection mean that it failed. */
export type Verdict = boolean | Health;

/** How long an answer may take, and what waits for that long: a timer that keeps the process alive, or one that does not. */
export interface Patience {
  readonly timeout: number;
  readonly after: (ms: number, callback: () => void) => () => void;
}

/** Asks one thing how it is, never twice at a time, and counts the failures in a row. */
export class HealthCheck {
  readonly #ask: () => unknown;
  /** An answer that is waited for, perhaps since long ago: what hangs is not asked again. */
  #asked: Promise<Health> | undefined;
  #failures = 0;

  constructor(ask: () => unknown) {
    this.#ask = ask;
  }

  /** How many have failed in a row. */
  get failures(): number {
    return this.#failures;
  }

  /** Asks; what gives no answer in time has failed. */
  async look(patience: Patience): Promise<Health> {
    this.#asked ??= answerOf(this.#ask).finally(() => (this.#asked = undefined));
    const health = await inTime(this.#asked, patience);
    this.#failures = health.status === "failed" ? this.#failures + 1 : 0;
    return health;
  }

  /** Counts from nothing: something was done about it. */
  startOver(): void {
    this.#failures = 0;
  }
}

function inTime(asked: Promise<Health>, { timeout, after }: Patience): Promise<Health> {
  return new Promise((resolve) => {
    const cancel = after(timeout, () =>
      resolve({ status: "failed", detail: `the check took longer than ${timeout} ms` }),
    );
    void asked.then((health) => {
      cancel();
      resolve(health);
    });
  });
}

async function answerOf(ask: () => unknown): Promise<Health> {
  try {
    const answer = await ask();
    if (isHealth(answer)) return answer;
    if (answer === true) return { status: "ok" };
    return { status: "failed", detail: answer === false ? "the check said so" : "the check gave no status" };
  } catch (error) {
    // Its text may hold anything.
    const name = read(error, "code") ?? read(error, "name");
    return { status: "failed", detail: `the check threw ${typeof name === "string" ? name : typeof error}` };
  }
}

const isHealth = (value: unknown): value is Health =>
  ["ok", "degraded", "failed"].some((status) => status === read(value, "status"));
