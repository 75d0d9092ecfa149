import { after } from "../../clock.js";

/** How long to wait, what may end it, and what to reject with when the time is over. */
interface Patience {
  readonly timeout: number;
  readonly signal: AbortSignal | undefined;
  expired(): Error;
}

interface Waiter<T> {
  resolve(value: T): void;
  reject(error: unknown): void;
}

/** Those who wait, first come first served. Who gives up is forgotten at once. */
export class Waiters<T> {
  readonly #waiting = new Set<Waiter<T>>();

  get size(): number {
    return this.#waiting.size;
  }

  /** Rejects with the signal's reason, or with what `expired` gives. */
  wait({ timeout, signal, expired }: Patience): Promise<T> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) return reject(signal.reason);
      const leave = (): void => {
        this.#waiting.delete(waiter);
        cancel();
        signal?.removeEventListener("abort", abort);
      };
      const waiter: Waiter<T> = {
        resolve: (value) => (leave(), resolve(value)),
        reject: (error) => (leave(), reject(error)),
      };
      const abort = (): void => waiter.reject(signal?.reason);
      const cancel = after(timeout, () => waiter.reject(expired()));
      signal?.addEventListener("abort", abort);
      this.#waiting.add(waiter);
    });
  }

  /** Serves the first; `make` is called only when there is one. */
  serve(make: () => T): boolean {
    const [first] = this.#waiting;
    first?.resolve(make());
    return first !== undefined;
  }

  rejectFirst(error: unknown): boolean {
    const [first] = this.#waiting;
    first?.reject(error);
    return first !== undefined;
  }

  rejectAll(error: unknown): void {
    for (const waiter of [...this.#waiting]) waiter.reject(error);
  }
}
