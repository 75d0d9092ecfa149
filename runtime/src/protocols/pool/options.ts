import {
  expectDuration,
  expectFunction,
  expectInteger,
  expectMethods,
  expectOptions,
  expectString,
} from "../../validate.js";
import type {
  FallbackResourceProtocol,
  ResourceErrorProtocol,
  ResourceFactoryProtocol,
} from "../interfaces.js";

/** How a pool lends. Times are in milliseconds. */
export interface PoolOptions<T> {
  /** How many are kept open while the pool is. Default: 0. */
  readonly min?: number;
  /** How many may be open at a time. Default: 10. */
  readonly max?: number;
  /** How long a borrower waits, unless it says otherwise. Default: 30,000. */
  readonly acquireTimeout?: number;
  /** How long one attempt to make a resource may take. Default: 30,000. */
  readonly createTimeout?: number;
  /** How long `close` waits for what is lent before it is released all the same. Default: 5,000. */
  readonly drainTimeout?: number;
  /** Looks at a resource before it is lent again. `false` or an error: it is released, and another one is taken. */
  readonly check?: (resource: T) => boolean | PromiseLike<boolean>;
  /** How long `check` may take. Default: 5,000. */
  readonly checkTimeout?: number;
  /** What to do when a resource cannot be made. Default: the borrower gets the error. */
  readonly errors?: ResourceErrorProtocol;
  /** What to lend when a resource cannot be made. It is lent once and does not count towards `max`. */
  readonly fallback?: FallbackResourceProtocol<T>;
}

/** How one borrower waits. */
export interface AcquireOptions {
  /** In milliseconds. Default: `acquireTimeout` of the pool. */
  readonly timeout?: number;
  /** Gives up waiting when it is aborted, with its reason. */
  readonly signal?: AbortSignal;
}

/** All options with their defaults. */
export interface PoolSettings<T> {
  readonly min: number;
  readonly max: number;
  readonly acquireTimeout: number;
  readonly createTimeout: number;
  readonly drainTimeout: number;
  readonly checkTimeout: number;
  readonly check: PoolOptions<T>["check"];
  readonly errors: ResourceErrorProtocol | undefined;
  readonly fallback: FallbackResourceProtocol<T> | undefined;
}

const poolKeys = [
  "min",
  "max",
  "acquireTimeout",
  "createTimeout",
  "drainTimeout",
  "check",
  "checkTimeout",
  "errors",
  "fallback",
] as const;

export function expectPoolOptions<T>(given: PoolOptions<T> | undefined): PoolSettings<T> {
  const options: PoolOptions<T> = expectOptions<PoolOptions<T>>("options", given, poolKeys);
  const { min = 0, max = 10, acquireTimeout = 30_000, createTimeout = 30_000 } = options;
  const { drainTimeout = 5_000, checkTimeout = 5_000, check, errors, fallback } = options;
  const most = expectInteger("max", max, { min: 1 });
  return {
    min: expectInteger("min", min, { min: 0, max: most }),
    max: most,
    acquireTimeout: expectDuration("acquireTimeout", acquireTimeout),
    createTimeout: expectDuration("createTimeout", createTimeout),
    drainTimeout: expectDuration("drainTimeout", drainTimeout),
    checkTimeout: expectDuration("checkTimeout", checkTimeout),
    check: check && expectFunction("check", check),
    errors: errors && expectMethods("errors", errors, ["handleError", "shouldRetry", "getRetryDelay"]),
    fallback: fallback && expectMethods("fallback", fallback, ["getFallback"]),
  };
}

export function expectFactory<T>(factory: ResourceFactoryProtocol<T>): ResourceFactoryProtocol<T> {
  expectMethods("factory", factory, ["create"]);
  expectString("factory.kind", factory.kind);
  return factory;
}

export function expectAcquireOptions(given: AcquireOptions | undefined): AcquireOptions {
  const { timeout, signal } = expectOptions<AcquireOptions>("options", given, ["timeout", "signal"]);
  return {
    ...(timeout !== undefined && { timeout: expectDuration("timeout", timeout) }),
    ...(signal !== undefined && { signal: expectMethods("signal", signal, ["addEventListener"]) }),
  };
}
