import type * as cp from "node:child_process";
import { read } from "./duck.js";
import type { CleanupError } from "./errors.js";
import { Life } from "./life.js";
import { type ContextOptions, contextOptions, type DisposeOptions, disposeOptions } from "./options.js";
import { adoptedPolicy, deferredPolicy, disposablePolicy, handleOf } from "./policies/disposable.js";
import { filePolicy } from "./policies/file.js";
import { processPolicy } from "./policies/process.js";
import { orPromised, type PolicyFor } from "./policies/promised.js";
import { readlinePolicy } from "./policies/readline.js";
import { serverPolicy } from "./policies/server.js";
import { socketPolicy } from "./policies/socket.js";
import { streamPolicy } from "./policies/stream.js";
import { taskPolicy } from "./policies/task.js";
import { tempDirPolicy } from "./policies/temp-dir.js";
import { timerPolicy } from "./policies/timer.js";
import { watcherPolicy } from "./policies/watcher.js";
import { workerPolicy } from "./policies/worker.js";
import { spawning } from "./spawn.js";
import { sharedState } from "./state.js";
import { expectFunction } from "./validate.js";

/** Policies of handles that `use` and the methods named after them share. */
const handlePolicies = {
  process: processPolicy,
  stream: streamPolicy,
  server: serverPolicy,
  socket: socketPolicy,
  file: filePolicy,
  timer: timerPolicy,
  worker: workerPolicy,
} as const;

/**
 * Holds resources and lets go of them in reverse order. Every method gives back exactly what it was given, so a call
 * can be wrapped where it stands: `const child = ctx.process(spawn("server"))`.
 */
export class ResourceContext {
  readonly #life: Life;
  readonly #options: ContextOptions;

  /** Throws `InvalidArgumentError` or `UnknownOptionError`. */
  constructor(options: ContextOptions = {}) {
    const { name, limits } = contextOptions(options);
    this.#options = options;
    this.#life = new Life(name, limits);
  }

  /** The context of the whole process, for resources that nobody else owns. Released when the process ends. */
  static get root(): ResourceContext {
    const state = sharedState();
    if (isContext(state.root)) return state.root;
    const root = new ResourceContext({ name: "root" });
    root.#life.keep.registry.isRoot = true;
    state.root = root;
    return root;
  }

  /** Runs `body` with a new context and releases it afterwards. An error of the body always comes first. */
  static async run<T>(
    body: (ctx: ResourceContext) => T | PromiseLike<T>,
    options: ContextOptions = {},
  ): Promise<T> {
    expectFunction("body", body);
    const ctx = new ResourceContext(options);
    let result: T;
    try {
      result = await body(ctx);
    } catch (error) {
      await ctx.#life.releaseAfter({ error });
      throw error;
    }
    await ctx.disposeAsync({ throwErrors: true });
    return result;
  }

  /** What events and leak reports call it. */
  get name(): string {
    return this.#life.keep.registry.owner;
  }

  /** Whether disposal has begun. */
  get disposed(): boolean {
    return this.#life.keep.isClosed;
  }

  /** How many resources are held, those of child contexts included. */
  get size(): number {
    return this.#life.size;
  }

  /** Aborted when disposal begins, of this context or of one above it. */
  get signal(): AbortSignal {
    return this.#life.signal;
  }

  /** For what is done while releasing: aborted when that is over or out of time, and not when disposal begins. */
  get cleanupSignal(): AbortSignal {
    return this.#life.cleanupSignal;
  }

  /** What the last disposal could not release. */
  get cleanupError(): CleanupError | undefined {
    return this.#life.cleanupError;
  }

  /**
   * A context that is released before this one, with the same timeouts unless it is given others. Its signal follows this
   * one's; releasing it by itself leaves this one as it is. Throws `ContextClosedError` when this one is disposed.
   */
  child(options: ContextOptions = {}): ResourceContext {
    const { each: resourceTimeout, all: totalTimeout } = this.#life.keep.limits;
    const inherited = { name: `${this.name}/child`, resourceTimeout, totalTimeout };
    const child = new ResourceContext({ ...inherited, ...options });
    this.#life.attach(child.#life);
    return child;
  }

  /** A child context whose resources are released at the same time, or `concurrency` of them, and not one by one. */
  parallel(options: ContextOptions = {}): ResourceContext {
    return this.child({ name: `${this.name}/parallel`, concurrency: Infinity, ...options });
  }

  /** Holds a value with a dispose symbol. Handles of Node get the care they need. */
  use<T extends AsyncDisposable | Disposable | null | undefined>(value: T): T {
    if (value === null || value === undefined) return value;
    const handle = handleOf(value);
    const policyFor: PolicyFor = handle === undefined ? disposablePolicy : handlePolicies[handle];
    const { keep } = this.#life;
    if (handle === undefined && disposablePolicy(value) === undefined)
      throw new TypeError("use() takes a value with Symbol.asyncDispose or Symbol.dispose.");
    return keep.hold(value, (forget) => policyFor(value, forget));
  }

  /** Holds any value with the function that releases it. */
  adopt<T>(value: T, release: (value: T) => unknown): T {
    expectFunction("release", release);
    return this.#life.keep.hold(value, () => adoptedPolicy(value, release));
  }

  /** Runs a function when the context is released. */
  defer<F extends () => unknown>(release: F): F {
    expectFunction("release", release);
    return this.#life.keep.hold(release, () => deferredPolicy(release));
  }

  /** Holds a child process with all that descends from it: SIGTERM, after 5 s SIGKILL, and wait for its end. */
  process<T>(child: T): T {
    return this.#life.keep.holdHandle(child, (forget) => processPolicy(child, forget));
  }

  /** `child_process.spawn`, with the child in its own process group and held. */
  get spawn(): typeof cp.spawn {
    return spawning((child) => this.process(child));
  }

  /** Holds a stream: it is ended and flushed, not cut off. */
  stream<T>(stream: T): T {
    return this.#life.keep.holdHandle(stream, (forget) => streamPolicy(stream, forget));
  }

  /** Holds a FileHandle, or the promise of one. */
  file<T>(handle: T): T {
    return this.#life.keep.holdHandle(handle, orPromised("file", handle, filePolicy));
  }

  /** Holds a temporary folder, which is removed with all that is in it. */
  tempDir<T>(folder: T): T {
    return this.#life.keep.holdOnce(folder, orPromised("tempDir", folder, tempDirPolicy));
  }

  /** Holds a server: requests in flight are answered, everything else is closed at once. */
  server<T>(server: T): T {
    return this.#life.keep.holdHandle(server, (forget) => serverPolicy(server, forget));
  }

  /** Holds a connection: what was written goes out, the peer gets 5 s to end its half, then it is destroyed. */
  socket<T>(socket: T): T {
    return this.#life.keep.holdHandle(socket, (forget) => socketPolicy(socket, forget));
  }

  /** Holds a timeout, an interval or an immediate. */
  timer<T>(timer: T): T {
    return this.#life.keep.holdOnce(timer, () => timerPolicy(timer));
  }

  /** Holds a file watcher of `fs.watch`, `fs.watchFile`, `fs.promises.watch` or a package. */
  watcher<T>(watcher: T): T {
    return this.#life.keep.holdOnce(watcher, (forget) => watcherPolicy(watcher, forget));
  }

  /** Holds a worker thread, which is terminated. */
  worker<T>(worker: T): T {
    return this.#life.keep.holdHandle(worker, (forget) => workerPolicy(worker, forget));
  }

  /** Holds a line reader, which is closed; its input stays open. */
  readline<T>(reader: T): T {
    return this.#life.keep.holdHandle(reader, (forget) => readlinePolicy(reader, forget));
  }

  /**
   * Holds work that is under way. When the context is released, `controller` is aborted and the end of the work is waited
   * for, at most 30 s. Without a controller the promise is not touched, so a rejection that nobody handles stays one.
   */
  task<T>(promise: T, controller?: { abort(): void }): T {
    return this.#life.keep.holdHandle(promise, () => taskPolicy(promise, controller));
  }

  /** Lets go of a value without releasing it, and gives it back. */
  disown<T>(handle: T): T {
    this.#life.keep.registry.find(handle)?.forget();
    return handle;
  }

  /** Moves all resources and child contexts into a new context; this one is disposed from then on. */
  move(): ResourceContext {
    const next = new ResourceContext({ ...this.#options, name: this.name });
    this.#life.moveTo(next.#life);
    return next;
  }

  /**
   * Releases everything, children first, last in first out, one after the other. Never rejects unless asked to: what could
   * not be released is printed as a warning and kept in {@link ResourceContext.cleanupError}.
   */
  disposeAsync(options: DisposeOptions = {}): Promise<void> {
    if (disposeOptions(options).throwErrors === true) return this.#life.release().then(throwIfAny);
    return this.#life.releaseAndReport();
  }

  /** The same without waiting: for code that cannot await. Files and streams finish later. */
  dispose(): void {
    this.#life.releaseSync();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.disposeAsync();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }
}

/** The root may come from another copy of this package, so `instanceof` would not know it. */
const isContext = (value: unknown): value is ResourceContext =>
  typeof read(value, "disposeAsync") === "function";

function throwIfAny(error: CleanupError | undefined): void {
  if (error !== undefined) throw error;
}
