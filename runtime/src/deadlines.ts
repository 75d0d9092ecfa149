import { after, now } from "./clock.js";

interface Wait {
  /** When it is over, by the clock of `clock.ts`. */
  readonly due: number;
  over(): void;
}

/**
 * Bounds many waits with one timer. Most settle long before their time, and a timer for each of some thousand would cost
 * more than the releases. Whoever made it calls `end`, for the timer keeps the process alive.
 */
export class Deadlines {
  readonly #waits = new Set<Wait>();
  #wakesAt = Infinity;
  #cancel = (): void => {};

  /** Calls `over` after `ms`, unless the function that it gives back is called before. */
  add(ms: number, over: () => void): () => void {
    const wait = { due: now() + ms, over };
    this.#waits.add(wait);
    if (wait.due < this.#wakesAt) this.#wakeAt(wait.due);
    return () => void this.#waits.delete(wait);
  }

  /** Nothing is waited for any more. */
  end(): void {
    this.#cancel();
  }

  #wakeAt(due: number): void {
    this.#cancel();
    this.#wakesAt = due;
    this.#cancel = after(Math.max(0, due - now()), () => this.#wake());
  }

  #wake(): void {
    this.#wakesAt = Infinity;
    for (const wait of this.#waits) {
      if (wait.due > now()) continue;
      this.#waits.delete(wait);
      wait.over();
    }
    const next = Math.min(...[...this.#waits].map(({ due }) => due));
    if (next < Infinity) this.#wakeAt(next);
  }
}
