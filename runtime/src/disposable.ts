// TypeScript before 5.2, and projects without the `esnext.disposable` library, have no names for these. The text is
// the same as in TypeScript's library and in @types/node, so that all of them merge.
declare global {
  interface SymbolConstructor {
    readonly dispose: unique symbol;
    readonly asyncDispose: unique symbol;
  }

  interface Disposable {
    [Symbol.dispose](): void;
  }

  interface AsyncDisposable {
    [Symbol.asyncDispose](): PromiseLike<void>;
  }
}

export {};
