import { leave, limitOf, passOn, refuseIfFull, reserve } from "./census.js";
import { isThenable } from "./duck.js";
import { Entry, type Policy, Registry } from "./entry.js";
import { AlreadyHeldError, ContextClosedError } from "./errors.js";
import { installErrorHandler, installHandlers } from "./handlers.js";
import { isOpenHandle } from "./policies/genuine.js";
import { type Limits, releaseOne } from "./release.js";
import { report } from "./report.js";
import { sharedState } from "./state.js";

/** What has come to its end by itself is looked for each time the number of such entries has doubled past this. */
const FIRST_SWEEP = 64;

/** How to release a value, or undefined when there is nothing to release; `forget` is for values that end by themselves. */
export type PolicyOf = (forget: () => void) => Policy | undefined;

/** What a context holds, and the rules by which it takes more. */
export class Keep {
  readonly registry: Registry;
  readonly limits: Limits;
  /** Acquisitions under way, and newcomers that are being turned away; disposal waits for them. */
  readonly pending = new Set<PromiseLike<unknown>>();
  isClosed = false;
  /** Released with the process: the root, and what hangs on it. */
  isRooted = false;
  /** Called once, with the first resource that signals, crashes and `exit` should release. */
  whenUsed: (() => void) | undefined;
  #sweepAt = FIRST_SWEEP;
  #spendable = 0;

  constructor(name: string, limits: Limits) {
    this.registry = new Registry(name);
    this.limits = limits;
  }

  /** Takes a value, whoever else may hold it, and as often as it is given. */
  hold<T>(value: T, policyOf: PolicyOf): T {
    this.#take(value, policyOf);
    return value;
  }

  /** Takes a value once. */
  holdOnce<T>(value: T, policyOf: PolicyOf): T {
    if (this.registry.find(value)?.isHandle === true) return value;
    const entry = this.#take(value, policyOf);
    if (entry !== undefined) entry.isHandle = true;
    return value;
  }

  /** Takes a handle, which has one owner: it is taken over from the root, and from nobody else. */
  holdHandle<T>(value: T, policyOf: PolicyOf): T {
    if (!isObject(value)) return this.holdOnce(value, policyOf);
    const { owners } = sharedState();
    const known = owners.get(value);
    if (known?.shelf !== undefined && !this.#takesOver(value, known)) return value;
    const entry = this.#take(value, policyOf);
    if (entry !== undefined) owners.set(value, entry);
    return value;
  }

  /**
   * Acquires something that takes a while. Nothing is lost when disposal begins meanwhile: what arrives then is released,
   * disposal waits for it, and the caller gets a {@link ContextClosedError}.
   */
  acquire<T>(kind: string, start: (signal: AbortSignal) => Promise<T>, given: AcquireOptions<T>): Promise<T> {
    const { signal, hold } = given;
    if (this.isClosed) return Promise.reject(new ContextClosedError(kind));
    const tally = sharedState().census.of(kind);
    const arriving = (async () => {
      await reserve(tally, limitOf(kind), signal);
      const value = await start(signal).then(undefined, (thrown: unknown) => {
        leave(tally);
        throw thrown;
      });
      return passOn(tally, () => hold(value));
    })();
    this.#await(arriving);
    return arriving;
  }

  /** Says no before something is acquired for a context that could not keep it. */
  refuseEarly(kind: string): void {
    if (this.isClosed) throw new ContextClosedError(kind);
    refuseIfFull(sharedState().census.of(kind), limitOf(kind));
  }

  /** Releases what cannot be held, and throws why. */
  turnAway(value: unknown, policy: Policy, reason: unknown): never {
    return this.#refuse(new Entry(value, policy), reason);
  }

  #take(value: unknown, policyOf: PolicyOf): Entry | undefined {
    const held: { entry?: Entry } = {};
    const policy = policyOf(() => held.entry?.forget());
    if (policy === undefined) return undefined;
    const entry = (held.entry = new Entry(value, policy));
    if (this.isClosed) this.#refuse(entry, new ContextClosedError(entry.kind));
    this.#refuseIfFull(entry);
    this.#add(entry);
    return entry;
  }

  /** Whether a handle that somebody holds is to be held here as well, or instead. */
  #takesOver(value: object, known: Entry): boolean {
    if (known.shelf === this.registry || this.registry.isRoot) return false;
    if (known.shelf?.isRoot === true) known.forget();
    else if (isOpenHandle(value)) throw new AlreadyHeldError(known.kind);
    return true;
  }

  #add(entry: Entry): void {
    const { policy } = entry;
    if (policy.isSpent !== undefined && (this.#spendable += 1) >= this.#sweepAt) this.#sweep();
    this.registry.add(entry);
    entry.announce();
    if (policy.kind === "timer") return;
    if (policy.isProcessBound === true) entry.hold(sharedState().held);
    if (policy.isProcessBound === true || policy.needsEventLoop === true || this.isRooted)
      installHandlers(sharedState());
    if (policy.needsEventLoop === true) installErrorHandler(sharedState());
    this.use();
  }

  /** It holds something from now on. */
  use(): void {
    this.whenUsed?.();
    this.whenUsed = undefined;
  }

  /** It exists already, so it cannot wait for its turn: it is let in, or released. */
  #refuseIfFull(entry: Entry): void {
    const limit = limitOf(entry.kind);
    if (limit?.whenFull !== "refuse") return;
    try {
      refuseIfFull(sharedState().census.of(entry.kind), limit);
    } catch (thrown) {
      this.#refuse(entry, thrown);
    }
  }

  /** Whoever acquired it did not know that it cannot be held; nobody else would release it. */
  #refuse(entry: Entry, reason: unknown): never {
    const outcome = releaseOne(entry, this.limits.each);
    const reported = Promise.resolve(outcome).then((failure) =>
      report(failure === undefined ? [] : [failure]),
    );
    if (isThenable(outcome)) this.#await(reported);
    throw reason;
  }

  #await(work: Promise<unknown>): void {
    this.pending.add(work);
    const done = (): void => void this.pending.delete(work);
    work.then(done, done);
  }

  #sweep(): void {
    const all = [...this.registry.spendable()];
    const spent = all.filter((entry) => entry.policy.isSpent?.() === true);
    for (const entry of spent) entry.forget();
    this.#spendable = all.length - spent.length;
    this.#sweepAt = Math.max(FIRST_SWEEP, this.#spendable * 2);
  }
}

/** How {@link Keep.acquire} goes on. */
export interface AcquireOptions<T> {
  /** Aborted when disposal begins. */
  readonly signal: AbortSignal;
  /** Takes what was acquired. */
  hold(value: T): T;
}

const isObject = (value: unknown): value is object =>
  (typeof value === "object" && value !== null) || typeof value === "function";

const keeps = new WeakMap<object, Keep>();

/** Remembers what a context holds, for the other parts of this package. */
export const rememberKeep = (context: object, keep: Keep): void => void keeps.set(context, keep);

/** What a context of this copy of the package holds. */
export function keepOf(context: object): Keep {
  const keep = keeps.get(context);
  if (keep === undefined) throw new TypeError("This context belongs to another copy of resource-context.");
  return keep;
}
