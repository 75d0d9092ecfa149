import type { ResourceContext } from "../context.js";
import type { Health, ResourceState } from "../managed-resource.js";

// What the parts of a program may expect of a resource, without naming its class. The names are those of the design;
// the members are the words of TC39 and of ManagedResource, so that every class of this package satisfies them.

/** Can be released by waiting for it. */
export interface AsyncCleanupProtocol {
  /** Releases it; settles when it is released. */
  [Symbol.asyncDispose](): PromiseLike<void>;
}

/** Can be released without waiting. */
export interface SyncCleanupProtocol {
  /** Releases it. */
  [Symbol.dispose](): void;
}

/** Is opened once and closed once. */
export interface ResourceLifecycleProtocol<T = unknown> extends AsyncCleanupProtocol {
  readonly state: ResourceState;
  /** Opens it; whoever calls again gets the same outcome. */
  initialize(): Promise<T>;
  /** Closes it; calling it again changes nothing. */
  close(): Promise<void>;
}

/** Is open within a scope: `await using resource = ...` in TypeScript, `async with` elsewhere. */
export interface AsyncContextProtocol<T = unknown> extends AsyncCleanupProtocol {
  /** Opens it. */
  initialize(): Promise<T>;
}

/** Holds resources and releases all of them, last in first out. */
export interface ResourceManagerProtocol extends AsyncCleanupProtocol {
  /** Holds a resource, and gives it back. */
  use<T extends AsyncDisposable | Disposable | null | undefined>(resource: T): T;
  /**
   * Runs a function when all is released.
   * @typeParam F - a function without parameters, which is given back as it is
   */
  defer<F extends () => unknown>(release: F): F;
  /** Releases everything. */
  disposeAsync(): Promise<void>;
}

/** Stands for a file. */
export interface FileResourceProtocol extends AsyncCleanupProtocol {
  readonly path: string;
  /** Whether there is something at the path, now. */
  exists(): Promise<boolean>;
}

/** Stands for a process of this machine. */
export interface ProcessResourceProtocol extends AsyncCleanupProtocol {
  /** `undefined` where it could not be started. */
  readonly pid: number | undefined;
  readonly isRunning: boolean;
}

/** Stands for work that is under way. */
export interface TaskResourceProtocol<T = unknown> extends AsyncCleanupProtocol {
  readonly task: Promise<T>;
  readonly isDone: boolean;
  readonly isCancelled: boolean;
}

/** Stands for a connection. */
export interface NetworkResourceProtocol extends AsyncCleanupProtocol {
  readonly isConnected: boolean;
  /** Ends the connection; calling it again changes nothing. */
  disconnect(): Promise<void>;
}

/** Keeps what can be made again. */
export interface CacheResourceProtocol extends AsyncCleanupProtocol {
  /** How many entries it has; the same word as a Map. */
  readonly size: number;
  /** Forgets all entries. */
  clear(): void;
}

/** Can say how it is. */
export interface HealthCheckProtocol {
  /** How it is now. */
  health(): Promise<Health>;
}

/** Can say how it is, and how much it does. */
export interface MonitorableResourceProtocol extends HealthCheckProtocol {
  readonly state: ResourceState;
  /** Figures by name, for a page of statistics. */
  metrics(): Readonly<Record<string, number>>;
}

/**
 * Makes resources of one kind. What `create` acquires it hands to the context it is given, which belongs to this one
 * resource: all of it is released together, also when `create` fails half-way, and `context.signal` is aborted when
 * nobody waits for it any more.
 */
export interface ResourceFactoryProtocol<T> {
  /** What it makes, for reports: `database connection`. */
  readonly kind: string;
  /** Makes one. */
  create(context: ResourceContext): T | PromiseLike<T>;
}

/** One resource of a pool, in the hands of one borrower until it is released. */
export interface LeaseProtocol<T> extends AsyncCleanupProtocol, SyncCleanupProtocol {
  readonly value: T;
}

/** Lends resources. */
export interface PooledResourceProtocol<T> extends AsyncCleanupProtocol {
  /** How many resources are open, lent or not. */
  readonly size: number;
  /** How many are lent. */
  readonly activeCount: number;
  /** Lends one, waiting until there is one to lend. */
  acquire(): Promise<LeaseProtocol<T>>;
  /** Takes back what was lent. */
  release(lease: LeaseProtocol<T>): Promise<void>;
}

/** Decides what follows an error. */
export interface ResourceErrorProtocol {
  /** Hears of every error. `false` gives up at once: no other attempt and no fallback. */
  handleError(error: unknown): boolean;
  /** Whether to try again after `attempt` attempts have failed; the first failure is number 1. */
  shouldRetry(error: unknown, attempt: number): boolean;
  /** How long to wait before that, in milliseconds. */
  getRetryDelay(attempt: number): number;
}

/** Has something to offer where the real thing cannot be had. */
export interface FallbackResourceProtocol<T> {
  readonly hasFallback: boolean;
  /** Makes it; `undefined` when there is none after all. What it acquires goes to the context, as in a factory. */
  getFallback(context: ResourceContext): T | undefined | PromiseLike<T | undefined>;
}
