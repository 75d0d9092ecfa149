import { every } from "../../clock.js";
import { LockCompromisedError } from "../errors.js";
import type { Grip } from "./acquire.js";

/** A lock file that was removed by hand is noticed within this time, or at the next write. */
const CHECK_MS = 1_000;

/** A lock that is held, by one or, when it is re-entered, by several resources of one owner. */
export class Hold {
  readonly #asked: string;
  readonly #grip: Grip;
  readonly #lost = new AbortController();
  readonly #stopChecking: () => void;
  #users = 1;
  #released: (() => void) | undefined;

  constructor(asked: string, grip: Grip) {
    this.#asked = asked;
    this.#grip = grip;
    this.#stopChecking = every(CHECK_MS, () => this.check());
  }

  /** Aborted when the lock is lost. */
  get signal(): AbortSignal {
    return this.#lost.signal;
  }

  get isHeld(): boolean {
    return this.#users > 0 && !this.#lost.signal.aborted;
  }

  /** Looks whether the lock still is ours. */
  check(): boolean {
    if (this.isHeld && !this.#grip.isIntact()) {
      this.#stopChecking();
      this.#lost.abort(new LockCompromisedError(this.#asked));
    }
    return this.isHeld;
  }

  /** One more uses it; it is released when the last has released it. */
  reenter(): this {
    this.#users += 1;
    return this;
  }

  onRelease(released: () => void): void {
    this.#released = released;
  }

  release(): void {
    this.#users -= 1;
    if (this.#users > 0) return;
    this.#stopChecking();
    this.#released?.();
    this.#grip.release();
  }
}
