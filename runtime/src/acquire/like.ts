import { promisify } from "node:util";

/** What a function that stands in for one of Node's does instead. */
export interface Managed {
  call(given: readonly unknown[]): unknown;
  /** What `util.promisify` makes of it; left out: what it makes of the original. */
  promisified?(given: readonly unknown[]): unknown;
}

/**
 * A function that looks like `original` in everything but what it does: every overload, name, length and property. Not a
 * proxy of the original itself, whose properties could not be replaced.
 */
export function like<F extends (...args: never[]) => unknown>(original: F, managed: Managed): F {
  const target = (...given: readonly unknown[]): unknown => managed.call(given);
  const promisified = (...given: readonly unknown[]): unknown => managed.promisified?.(given);
  const get = (_target: unknown, key: PropertyKey): unknown =>
    key === promisify.custom && managed.promisified !== undefined ? promisified : Reflect.get(original, key);
  const proxy: unknown = new Proxy(target, { get });
  return isSame(proxy, original) ? proxy : original;
}

/** What looks the same to everybody has the same type. */
const isSame = <F>(value: unknown, original: F): value is F => typeof value === typeof original;
