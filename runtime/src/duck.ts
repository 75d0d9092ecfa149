// Test doubles, wrappers and mocked modules reach this package where real handles are expected. Everything that is
// read from a foreign object goes through these functions, which never throw.

/** A property of anything, or undefined. */
export function read(value: unknown, key: PropertyKey): unknown {
  if (value === null || (typeof value !== "object" && typeof value !== "function")) return undefined;
  try {
    return Reflect.get(value, key);
  } catch {
    return undefined;
  }
}

/** A method of anything, bound to it, or undefined. */
export function methodOf(value: unknown, key: PropertyKey): ((...args: unknown[]) => unknown) | undefined {
  const method = read(value, key);
  return typeof method === "function" ? (...args) => Reflect.apply(method, value, args) : undefined;
}

/** Whether something can be called. */
export function isFunction(value: unknown): value is (...args: readonly unknown[]) => unknown {
  return typeof value === "function";
}

/** Whether something can be awaited. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof read(value, "then") === "function";
}

const nothing = (): void => {};

/**
 * Calls `listener` at the first `event` of an emitter, ahead of the other listeners. An emitter that has as many
 * listeners as it allows is left alone, for one more would print a warning in the name of our user.
 */
export function onFirst(emitter: unknown, event: string, listener: (...args: unknown[]) => void): () => void {
  if (isFull(emitter, event)) return nothing;
  const add = methodOf(emitter, "prependOnceListener") ?? methodOf(emitter, "once");
  if (add === undefined) return nothing;
  try {
    add(event, listener);
  } catch {
    return nothing;
  }
  return () => void methodOf(emitter, "removeListener")?.(event, listener);
}

function isFull(emitter: unknown, event: string): boolean {
  const limit = callForNumber(emitter, "getMaxListeners");
  const count = callForNumber(emitter, "listenerCount", event);
  return limit !== undefined && limit > 0 && count !== undefined && count >= limit;
}

function callForNumber(value: unknown, key: string, ...args: unknown[]): number | undefined {
  try {
    const result = methodOf(value, key)?.(...args);
    return typeof result === "number" ? result : undefined;
  } catch {
    return undefined;
  }
}
