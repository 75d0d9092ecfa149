import { arrive, leave, type Tally } from "./census.js";
import { now } from "./clock.js";
import { isThenable } from "./duck.js";
import { publish, type ResourceEvents } from "./events.js";
import { sharedState } from "./state.js";

/** How one kind of resource is let go of. */
export interface Policy {
  readonly kind: string;
  /** The resource outlives or litters the process unless it is released: signals and `exit` release it as well. */
  readonly isProcessBound?: boolean;
  /** The release is code of the caller and may have to wait for something: `exit` alone may be too late for it. */
  readonly needsEventLoop?: boolean;
  /** Only of what comes to its end without telling: whether it has. Asked now and then. */
  isSpent?(): boolean;
  /** How long the release may take instead of what the context grants each resource, in milliseconds. */
  readonly patience?: number;
  /** Releases it; may take `limit` milliseconds, after which it is abandoned. */
  release(limit: number): unknown;
  /** Does what can be done without waiting. */
  releaseSync(): unknown;
  /** Called once when the resource is no longer ours, released or not. */
  letGo?(): void;
}

/** Where entries are kept; the registry of a context, and the set of all process-bound entries. */
interface Shelf {
  remove(entry: Entry): void;
  readonly isRoot: boolean;
}

/** What a release threw. */
interface Failure {
  readonly error: unknown;
}

/** One held resource. */
export class Entry {
  readonly value: unknown;
  readonly policy: Policy;
  /** When it was acquired, by the clock of `clock.ts`. */
  readonly since = now();
  /** The name of the context that holds it. */
  owner = "";
  /** It was held as a handle of its kind: once in one context. */
  isHandle = false;
  /** Says where it was acquired; set by an observer that looks. */
  locate: (() => string | undefined) | undefined;
  /** The entry that was added for the same value before this one. */
  older: Entry | undefined;
  shelf: Shelf | undefined;
  readonly #tally: Tally;
  #held: Set<Entry> | undefined;
  #released: PromiseLike<unknown> | undefined;
  #releasing: number | undefined;
  #isOver = false;
  #isCounted = false;

  constructor(value: unknown, policy: Policy) {
    this.value = value;
    this.policy = policy;
    this.#tally = sharedState().census.of(policy.kind);
  }

  get kind(): string {
    return this.policy.kind;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Counts it, and tells those who listen that it is held. */
  announce(): void {
    arrive(this.#tally);
    this.#isCounted = true;
    sharedState().observer?.acquired(this);
    publish("acquire", () => ({ kind: this.kind, owner: this.owner }));
  }

  /** Tells those who listen that its release takes too long. */
  announceTimeout(limit: number): void {
    publish("timeout", () => ({ kind: this.kind, owner: this.owner, limit }));
  }

  /** Adds the entry to the set that signals and `exit` look at. */
  hold(held: Set<Entry>): void {
    this.#held = held;
    held.add(this);
  }

  /**
   * Starts the release, once. What needs no waiting gives back nothing, which keeps thousands of them cheap; after
   * anything else the caller calls {@link Entry.forget}. Until then it stays in the held set, for a second signal may
   * have to finish the work.
   */
  release(limit: number): PromiseLike<unknown> | undefined {
    if (this.#isOver) return undefined;
    if (this.#released !== undefined) return this.#released;
    this.shelf?.remove(this);
    const result = this.#start(limit);
    if (!isThenable(result)) return this.forget();
    this.#released = result;
    return this.#released;
  }

  #start(limit: number): unknown {
    this.#releasing = now();
    try {
      return this.policy.release(limit);
    } catch (thrown) {
      this.forget({ error: thrown });
      throw thrown;
    }
  }

  /** Releases it at once, also when an asynchronous release is still under way. */
  releaseSync(): unknown {
    if (this.#isOver) return undefined;
    this.#releasing ??= now();
    let failure: Failure | undefined;
    try {
      return this.policy.releaseSync();
    } catch (thrown) {
      failure = { error: thrown };
      throw thrown;
    } finally {
      this.forget(failure);
    }
  }

  /** Lets go without releasing, or after the release, which may have failed. */
  forget(failure?: Failure): undefined {
    if (this.#isOver) return;
    this.#isOver = true;
    this.shelf?.remove(this);
    this.#held?.delete(this);
    this.policy.letGo?.();
    if (!this.#isCounted) return;
    leave(this.#tally);
    sharedState().observer?.released(this);
    publish("release", () => this.#ending(failure));
  }

  #ending(failure: Failure | undefined): ResourceEvents["release"] {
    const age = now() - this.since;
    const duration = this.#releasing === undefined ? 0 : now() - this.#releasing;
    return { kind: this.kind, owner: this.owner, age, duration, ...failure };
  }
}

/** The entries of one context, in order, with constant-time removal. */
export class Registry implements Shelf {
  readonly owner: string;
  isRoot = false;
  readonly #entries = new Set<Entry>();
  readonly #newest = new Map<unknown, Entry>();

  constructor(owner: string) {
    this.owner = owner;
  }

  get size(): number {
    return this.#entries.size;
  }

  add(entry: Entry): void {
    entry.shelf = this;
    entry.owner = this.owner;
    entry.older = this.#newest.get(entry.value);
    this.#newest.set(entry.value, entry);
    this.#entries.add(entry);
  }

  find(value: unknown): Entry | undefined {
    return this.#newest.get(value);
  }

  remove(entry: Entry): void {
    if (!this.#entries.delete(entry)) return;
    entry.shelf = undefined;
    this.#unlink(entry);
  }

  #unlink(entry: Entry): void {
    const newest = this.#newest.get(entry.value);
    if (newest === entry && entry.older === undefined) this.#newest.delete(entry.value);
    else if (newest === entry && entry.older !== undefined) this.#newest.set(entry.value, entry.older);
    else
      for (let at = newest; at !== undefined; at = at.older) if (at.older === entry) at.older = entry.older;
  }

  /** Empties the registry and gives back what it held, oldest first. */
  takeAll(): readonly Entry[] {
    const all = [...this.#entries];
    for (const entry of all) entry.shelf = undefined;
    this.#entries.clear();
    this.#newest.clear();
    return all;
  }

  /** What comes to its end without telling. */
  *spendable(): Generator<Entry> {
    for (const entry of this.#entries) if (entry.policy.isSpent !== undefined) yield entry;
  }
}
