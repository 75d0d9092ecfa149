import { after } from "../../clock.js";
import { InvalidArgumentError, ResourceStateError } from "../../errors.js";
import { publish } from "../../events.js";
import { type Health, ManagedResource, type ResourceState } from "../../managed-resource.js";
import { log } from "../../settings.js";
import type {
  MonitorableResourceProtocol,
  PooledResourceProtocol,
  ResourceFactoryProtocol,
} from "../interfaces.js";
import { isHealthy } from "./check.js";
import { PoolTimeoutError } from "./errors.js";
import { Lease } from "./lease.js";
import { make, type Slot } from "./make.js";
import {
  type AcquireOptions,
  expectAcquireOptions,
  expectFactory,
  expectPoolOptions,
  type PoolOptions,
  type PoolSettings,
} from "./options.js";
import { Waiters } from "./waiters.js";

/**
 * Lends resources that are dear to make. The one that came back last is lent first; who comes while all are lent waits
 * in line. Closing it turns away who waits, gives who borrowed the drain timeout, and releases every resource.
 */
export class ResourcePool<T>
  extends ManagedResource<void>
  implements PooledResourceProtocol<T>, MonitorableResourceProtocol
{
  readonly kind = "pool";
  readonly #factory: ResourceFactoryProtocol<T>;
  readonly #settings: PoolSettings<T>;
  readonly #idle: Slot<T>[] = [];
  readonly #lent = new Map<Lease<T>, Slot<T>>();
  readonly #waiters = new Waiters<Lease<T>>();
  readonly #closing = new AbortController();
  /** What runs on its own, and has to end before the pool has. */
  readonly #work = new Set<Promise<unknown>>();
  #making = 0;
  #checking = 0;
  #releasing = 0;
  #drained: (() => void) | undefined;
  #ended: Promise<void> | undefined;

  /** Throws `InvalidArgumentError` or `UnknownOptionError`. Nothing is made before the first use. */
  constructor(factory: ResourceFactoryProtocol<T>, options?: PoolOptions<T>) {
    super();
    this.#factory = expectFactory(factory);
    this.#settings = expectPoolOptions(options);
  }

  /** How many resources are open, or being opened or released. Never more than `max`. */
  get size(): number {
    const lent = [...this.#lent.values()].filter((slot) => !slot.isFallback).length;
    return this.#idle.length + this.#making + this.#checking + this.#releasing + lent;
  }

  /** How many leases are out. */
  get activeCount(): number {
    return this.#lent.size;
  }

  /** How many resources wait for a borrower. */
  get idleCount(): number {
    return this.#idle.length;
  }

  /** How many borrowers wait for a resource. */
  get waitingCount(): number {
    return this.#waiters.size;
  }

  /**
   * Borrows a resource. Rejects with `PoolTimeoutError` when none becomes free in time, with the signal's reason when it
   * is aborted, with `ResourceStateError` when the pool is or gets closed, and with the error of the factory.
   */
  async acquire(options?: AcquireOptions): Promise<Lease<T>> {
    const { timeout = this.#settings.acquireTimeout, signal } = expectAcquireOptions(options);
    this.#expectOpen();
    const expired = (): Error => this.#expired(timeout);
    const lease = this.#waiters.wait({ timeout, signal, expired });
    // Whoever comes first opens the pool; that it could not keep its minimum is no reason to turn anybody away.
    if (this.state === "new" || this.state === "failed") this.initialize().catch(() => undefined);
    this.#serve();
    return lease;
  }

  /**
   * Gives a lease back; the same as `lease.release()`, but loud: throws `ResourceStateError` for one that was given back
   * already and `InvalidArgumentError` for one of another pool.
   */
  async release(lease: Lease<T>): Promise<void> {
    if (this.#lent.has(lease)) return lease.release();
    if (lease instanceof Lease && lease.isReturned)
      throw new ResourceStateError("lease", "returned", "release it");
    throw new InvalidArgumentError({ name: "lease", came: lease, expected: "a lease of this pool" });
  }

  /** Figures of this moment. */
  metrics(): Readonly<Record<"size" | "active" | "idle" | "waiting" | "max", number>> {
    const { size, activeCount: active, idleCount: idle, waitingCount: waiting } = this;
    return { size, active, idle, waiting, max: this.#settings.max };
  }

  override get state(): ResourceState {
    return this.#closing.signal.aborted && super.state !== "closed" ? "closing" : super.state;
  }

  /** Turns away who waits, gives who borrowed the drain timeout, and releases every resource. */
  override close(): Promise<void> {
    this.#ended ??= this.#end().then(() => super.close());
    return this.#ended;
  }

  /** The same without waiting for anybody. */
  override closeSync(): void {
    if (this.#closing.signal.aborted) return;
    this.#turnAway();
    for (const { context } of [...this.#idle.splice(0), ...this.#lent.values()]) context.dispose();
    super.closeSync();
  }

  /** Makes the minimum; a factory that fails rejects it. */
  protected async onInitialize(): Promise<void> {
    const missing = Math.max(0, this.#settings.min - this.size);
    const errors = await Promise.all(Array.from({ length: missing }, () => this.#run(this.#makeOne())));
    for (const { error } of errors.filter((failure) => failure !== undefined)) throw error;
  }

  protected onClose(): void {
    // All is released by then: leases may be out although the pool could not be opened.
  }

  protected override onHealth(): Health {
    const { size, active, waiting } = this.metrics();
    const detail = `${size} open, ${active} lent, ${waiting} waiting`;
    return { status: waiting > 0 && size >= this.#settings.max ? "degraded" : "ok", detail };
  }

  #expectOpen(): void {
    if (this.state === "closing" || this.state === "closed")
      throw new ResourceStateError(this.kind, this.state, `acquire a ${this.#factory.kind}`);
  }

  async #end(): Promise<void> {
    this.#turnAway();
    const releasing = this.#idle.splice(0).map((slot) => this.#discard(slot));
    await this.#drain();
    const overdue = [...this.#lent.values()].map((slot) => slot.context.disposeAsync());
    this.#lent.clear();
    await Promise.all([...releasing, ...overdue]);
    while (this.#work.size > 0) await Promise.all(this.#work);
  }

  #turnAway(): void {
    this.#closing.abort();
    this.#waiters.rejectAll(new ResourceStateError(this.kind, "closed", `acquire a ${this.#factory.kind}`));
  }

  #drain(): Promise<void> {
    if (this.#lent.size === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const cancel = after(this.#settings.drainTimeout, resolve);
      this.#drained = () => (cancel(), resolve());
    });
  }

  #expired(limit: number): Error {
    const { kind } = this.#factory;
    publish("timeout", () => ({ kind, owner: "pool", limit }));
    const { active, waiting, max } = this.metrics();
    return new PoolTimeoutError(kind, limit, { active, waiting: waiting - 1, max });
  }

  /** Sees to it that something is on the way to everybody who waits, as far as `max` allows. */
  #serve(): void {
    while (this.#waiters.size > this.#checking && this.#offer(this.#idle.pop())) continue;
    while (this.#waiters.size > this.#checking + this.#making && this.size < this.#settings.max)
      void this.#run(this.#makeForSomebody());
  }

  #offer(slot: Slot<T> | undefined): boolean {
    if (slot === undefined) return false;
    if (this.#settings.check === undefined) this.#place(slot);
    else void this.#run(this.#look(slot));
    return true;
  }

  async #look(slot: Slot<T>): Promise<void> {
    this.#checking += 1;
    const healthy = await isHealthy(slot.value, this.#factory.kind, this.#settings);
    this.#checking -= 1;
    if (healthy) this.#place(slot);
    else void this.#run(this.#discard(slot));
    this.#serve();
  }

  /** Makes one more; who waits longest gets it, or hears of the failure. */
  async #makeForSomebody(): Promise<void> {
    const failure = await this.#makeOne();
    if (failure !== undefined && !this.#waiters.rejectFirst(failure.error) && !this.#closing.signal.aborted)
      log("warn", { kind: this.#factory.kind, ...failure }, "A pooled resource could not be made.");
    this.#serve();
  }

  async #makeOne(): Promise<{ readonly error: unknown } | undefined> {
    this.#making += 1;
    const outcome = await make({
      factory: this.#factory,
      settings: this.#settings,
      closing: this.#closing.signal,
    }).then(
      (slot) => ({ slot }),
      (error: unknown) => ({ error }),
    );
    this.#making -= 1;
    if ("error" in outcome) return outcome;
    this.#place(outcome.slot);
    return undefined;
  }

  /** A resource is free: for who waits longest, or for later. */
  #place(slot: Slot<T>): void {
    if (this.#closing.signal.aborted) return void this.#run(this.#discard(slot));
    if (this.#waiters.serve(() => this.#lend(slot))) return;
    if (slot.isFallback) void this.#run(this.#discard(slot));
    else this.#idle.push(slot);
  }

  #lend(slot: Slot<T>): Lease<T> {
    const lease: Lease<T> = new Lease(slot, (isBroken) => this.#takeBack(lease, slot, isBroken));
    this.#lent.set(lease, slot);
    return lease;
  }

  async #takeBack(lease: Lease<T>, slot: Slot<T>, isBroken: boolean): Promise<void> {
    this.#lent.delete(lease);
    if (this.#lent.size === 0) this.#drained?.();
    if (isBroken || slot.isFallback || this.#closing.signal.aborted) return this.#run(this.#discard(slot));
    this.#idle.push(slot);
    this.#serve();
  }

  /** Releases a resource, which counts until it is gone, and keeps up the minimum. */
  async #discard({ context, isFallback }: Slot<T>): Promise<void> {
    if (!isFallback) this.#releasing += 1;
    await context.disposeAsync();
    if (!isFallback) this.#releasing -= 1;
    if (this.#closing.signal.aborted) return;
    this.#serve();
    while (this.size < this.#settings.min) void this.#run(this.#makeForSomebody());
  }

  #run<R>(work: Promise<R>): Promise<R> {
    this.#work.add(work);
    return work.finally(() => this.#work.delete(work));
  }
}
