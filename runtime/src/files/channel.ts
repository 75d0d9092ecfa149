/** A piece that has been pushed and not been dealt with. */
interface Waiting<T> {
  readonly piece: T;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/** Hands over pieces, one after the other, from whoever pushes them to the one that iterates. */
export class Channel<T> implements AsyncIterable<T> {
  readonly #waiting: Waiting<T>[] = [];
  #end: { readonly error: unknown } | "well" | undefined;
  #closed: { readonly reason: unknown } | undefined;
  #wake: () => void = () => undefined;

  /** Resolves when the piece has been dealt with. */
  push(piece: T): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#closed !== undefined) return reject(this.#closed.reason);
      this.#waiting.push({ piece, resolve, reject });
      this.#wake();
    });
  }

  /** No more pieces come; those that wait are still taken. */
  end(): void {
    this.#end ??= "well";
    this.#wake();
  }

  /** The one that iterates gets this error instead of the next piece. */
  fail(error: unknown): void {
    this.#end = { error };
    this.#wake();
  }

  /** Nobody iterates any more: this is what whoever pushes gets. */
  close(reason: unknown): void {
    this.#closed ??= { reason };
    for (const { reject } of this.#waiting.splice(0)) reject(reason);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void> {
    for (;;) {
      if (typeof this.#end === "object") throw this.#end.error;
      const [next] = this.#waiting;
      if (next !== undefined) {
        yield next.piece;
        // Asked for the next one, so this one has been written.
        this.#waiting.shift();
        next.resolve();
      } else if (this.#end === "well") return;
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}
