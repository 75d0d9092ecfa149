import * as events from "node:events";
import { now, sleep } from "./clock.js";
import { methodOf } from "./duck.js";
import { CleanupError, type CleanupFailure, ContextClosedError, type Thrown } from "./errors.js";
import { Keep } from "./keep.js";
import { enlist } from "./open-contexts.js";
import { type Limits, releaseAll, releaseAllSync } from "./release.js";
import { report } from "./report.js";
import { sharedState } from "./state.js";

/** From open to over: when a context closes, what is released in which order, and what came of it. */
export class Life {
  readonly keep: Keep;
  /** Contexts that close before this one, oldest first. */
  readonly #children = new Set<Life>();
  #parent: Life | undefined;
  #isOver = false;
  #unlist: (() => void) | undefined;
  #abort: AbortController | undefined;
  #cleanup: AbortController | undefined;
  #released: Promise<CleanupError | undefined> | undefined;
  #reported: Promise<void> | undefined;
  #cleanupError: CleanupError | undefined;
  #body: Thrown | undefined;

  constructor(name: string, limits: Limits) {
    this.keep = new Keep(name, limits);
    this.keep.whenUsed = () => (this.#unlist = this.keep.isRooted ? undefined : enlist(sharedState(), this));
  }

  get size(): number {
    return [...this.#children].reduce((sum, child) => sum + child.size, this.keep.registry.size);
  }

  get cleanupError(): CleanupError | undefined {
    return this.#cleanupError;
  }

  /** Aborted when disposal begins. */
  get signal(): AbortSignal {
    this.#abort ??= newController();
    if (this.keep.isClosed) this.#abort.abort();
    return this.#abort.signal;
  }

  /** Aborted when releasing is over, or its time is. */
  get cleanupSignal(): AbortSignal {
    this.#cleanup ??= new AbortController();
    return this.#cleanup.signal;
  }

  /** Takes a context that must close before this one. */
  attach(child: Life): void {
    if (this.keep.isClosed) throw new ContextClosedError("child context");
    this.#children.add(child);
    child.#parent = this;
    child.keep.isRooted = this.keep.isRooted;
  }

  /** Makes this the context of the process, which stays open for ever. */
  root(): void {
    this.keep.registry.isRoot = true;
    this.keep.isRooted = true;
  }

  /** Hands everything to `next`, children included; this one is over. */
  moveTo(next: Life): void {
    if (this.keep.isClosed) throw new ContextClosedError("move");
    for (const entry of this.keep.registry.takeAll()) next.keep.registry.add(entry);
    next.keep.use();
    for (const child of this.#children) next.attach(child);
    this.#children.clear();
    if (this.keep.registry.isRoot) return;
    this.keep.isClosed = true;
    this.#end();
  }

  /** Releases everything after the code that used it threw, which is the first error of all. */
  releaseAfter(body: Thrown): Promise<void> {
    this.#body = body;
    return this.releaseAndReport();
  }

  /** Releases everything; what could not be released is printed, once. */
  releaseAndReport(): Promise<void> {
    const released = this.release();
    this.#reported ??= released.then((error) => report(error?.failures ?? []));
    return this.#reported;
  }

  /** Releases everything; whoever calls again gets the same promise. */
  release(limit = Infinity): Promise<CleanupError | undefined> {
    if (this.#released !== undefined) return this.#released;
    if (this.#isOver) return Promise.resolve(undefined);
    this.#close();
    const { limits } = this.keep;
    const all = Math.min(limits.all, limit);
    this.#released = this.#releaseTree({ ...limits, all }).then((failures) => this.#settle(failures));
    return this.#released;
  }

  /** Does what can be done without waiting. Nothing, when the other way is under way. */
  releaseSync(): void {
    if (this.keep.isClosed) return;
    this.#close();
    report(this.#releaseTreeSync());
  }

  /** Nobody of the tree takes anything from now on, and all their signals say so. */
  #close(): void {
    // The root stays open: modules that are loaded later, or a second test file, still have one.
    const { isRoot } = this.keep.registry;
    this.keep.isClosed = !isRoot;
    this.#abort?.abort();
    if (isRoot) this.#abort = undefined;
    for (const child of this.#children) if (!child.keep.isClosed) child.#close();
  }

  async #releaseTree(limits: Limits): Promise<CleanupFailure[]> {
    const deadline = now() + limits.all;
    const left = (): number => Math.max(0, deadline - now());
    if (this.keep.pending.size > 0) await this.#arrivals(Math.min(limits.each, left()));
    const failures = this.#children.size > 0 ? await this.#releaseChildren(left) : [];
    const entries = this.keep.registry.takeAll();
    return [...failures, ...(await releaseAll(entries, { ...limits, all: left() }))];
  }

  /** What is being acquired arrives first, is turned away, and is gone. */
  async #arrivals(ms: number): Promise<void> {
    const deadline = now() + ms;
    const { pending } = this.keep;
    while (pending.size > 0 && now() < deadline)
      await sleep(deadline - now(), Promise.allSettled([...pending]));
  }

  async #releaseChildren(left: () => number): Promise<CleanupFailure[]> {
    const youngestFirst = [...this.#children].reverse();
    if (this.keep.limits.concurrency > 1)
      return (await Promise.all(youngestFirst.map((child) => child.#releaseFor(left)))).flat();
    const failures: CleanupFailure[] = [];
    for (const child of youngestFirst) failures.push(...(await child.#releaseFor(left)));
    return failures;
  }

  /** For the parent: what is under way already tells its own caller what failed. */
  async #releaseFor(left: () => number): Promise<readonly CleanupFailure[]> {
    if (this.#released === undefined) return (await this.release(left()))?.failures ?? [];
    await sleep(left(), this.#released);
    return [];
  }

  #releaseTreeSync(): CleanupFailure[] {
    const children = [...this.#children].reverse().filter((child) => child.#released === undefined);
    const failures = children.flatMap((child) => child.#releaseTreeSync());
    const own = releaseAllSync(this.keep.registry.takeAll(), (failure) => report([failure]));
    return this.#settle([...failures, ...own])?.failures.slice() ?? [];
  }

  #settle(failures: readonly CleanupFailure[]): CleanupError | undefined {
    this.#cleanup?.abort();
    this.#cleanupError = failures.length === 0 ? undefined : new CleanupError(failures, this.#body);
    if (this.keep.registry.isRoot) {
      this.#released = undefined;
      this.#reported = undefined;
      this.#cleanup = undefined;
    } else this.#end();
    return this.#cleanupError;
  }

  #end(): void {
    this.#isOver = true;
    this.#unlist?.();
    if (this.#parent === undefined) return;
    this.#parent.#children.delete(this);
    this.#parent = undefined;
  }
}

/** As many as like to may listen to the signal of a context; Node warns of the eleventh. */
function newController(): AbortController {
  const controller = new AbortController();
  methodOf(events, "setMaxListeners")?.(0, controller.signal);
  return controller;
}
