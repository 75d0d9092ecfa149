import { now } from "../clock.js";
import type { Entry } from "../entry.js";
import { publish } from "../events.js";
import { type Observer, sharedState } from "../state.js";
import { expectBoolean, expectInteger, expectOptions } from "../validate.js";
import { activeHandles, handlesOf, HandleWatch } from "./handles.js";
import type { LeakReport, OpenResource } from "./report.js";
import { siteOf, takeTrace, type Trace } from "./sites.js";

/** How to look for leaks. */
export interface LeakDetectionOptions {
  /**
   * Remember where each resource was acquired, and look at handles that no context holds with asynchronous hooks. It
   * costs some microseconds for each resource and makes promises a little dearer. Default: false.
   */
  readonly stacks?: boolean;
}

/** What is known of a resource without keeping it alive. */
interface Seen {
  readonly kind: string;
  readonly owner: string;
  readonly since: number;
  readonly trace: Trace | undefined;
  readonly entry: WeakRef<Entry>;
}

/** The most lost resources that are remembered; beyond that, one more tells nobody anything. */
const MOST_LOST = 1_000;

/**
 * Knows what contexts hold: since when, in which context and, with stacks, acquired where. What is garbage collected
 * before it was released is a leak that no report of open resources would show; it is remembered, and published on the
 * channel `resource:leak`. Looking keeps nothing alive.
 */
export class ResourceLeakDetector {
  #stacks: boolean;
  #since = now();
  #last = 0;
  readonly #open = new Map<number, Seen>();
  readonly #numbers = new WeakMap<Entry, number>();
  readonly #lost: (OpenResource & { readonly number: number })[] = [];
  readonly #collected = new FinalizationRegistry<number>((number) => this.#lose(number));
  readonly #watch = new HandleWatch();
  readonly #observer: Observer = {
    acquired: (entry) => this.#add(entry),
    released: (entry) => this.#remove(entry),
  };

  /** Throws `InvalidArgumentError` or `UnknownOptionError`. Nothing is looked at before {@link start}. */
  constructor(options?: LeakDetectionOptions) {
    const { stacks = false } = expectOptions<LeakDetectionOptions>("options", options, ["stacks"]);
    this.#stacks = expectBoolean("stacks", stacks);
  }

  /** Whether places are remembered. */
  get hasStacks(): boolean {
    return this.#stacks;
  }

  /** Begins to look; what was acquired before is not seen. There is one detector at a time, and this is it now. */
  start(): void {
    this.#since = now();
    sharedState().observer = this.#observer;
    if (this.#stacks) this.#watch.start();
  }

  /** From now on, remembers places as well. */
  useStacks(): void {
    if (!this.#stacks && sharedState().observer === this.#observer) this.#watch.start();
    this.#stacks = true;
  }

  /** Looks no more, and says what is open. */
  stop(): LeakReport {
    const report = this.report();
    if (sharedState().observer === this.#observer) sharedState().observer = undefined;
    this.#watch.stop();
    this.#open.clear();
    return report;
  }

  /** A moment to compare with; see {@link report}. */
  mark(): LeakMark {
    return { resource: this.#last, handle: this.#watch.count };
  }

  /** What is open now; after a mark, only what has come since. */
  report(since: LeakMark = START): LeakReport {
    expectInteger("since.resource", since.resource, { min: 0 });
    expectInteger("since.handle", since.handle, { min: 0 });
    // One moment for all of them, so that older ones are older in the report as well.
    const at = now();
    const open = [...this.#open].filter(([number]) => number > since.resource).map(([, seen]) => seen);
    return {
      duration: at - this.#since,
      resources: open.map((seen) => describe(seen, at)),
      lost: this.#lost
        .filter(({ number }) => number > since.resource)
        .map(({ kind, owner, age, site }) => ({ kind, owner, age, site })),
      handles: this.#handles(since.handle),
    };
  }

  #handles(after: number): LeakReport["handles"] {
    const values = [...this.#open.values()].map(({ entry }) => entry.deref()?.value);
    if (!this.#stacks) return activeHandles(values);
    return this.#watch.open(new Set(values.flatMap(handlesOf)), after);
  }

  #add(entry: Entry): void {
    const number = (this.#last += 1);
    const { kind, owner, since } = entry;
    const trace = this.#stacks ? takeTrace() : undefined;
    if (trace !== undefined) entry.locate = () => siteOf(trace);
    this.#open.set(number, { kind, owner, since, trace, entry: new WeakRef(entry) });
    this.#numbers.set(entry, number);
    this.#collected.register(entry, number, entry);
  }

  #remove(entry: Entry): void {
    const number = this.#numbers.get(entry);
    if (number === undefined || !this.#open.delete(number)) return;
    this.#collected.unregister(entry);
  }

  #lose(number: number): void {
    const seen = this.#open.get(number);
    if (seen === undefined) return;
    this.#open.delete(number);
    const { kind, age, site, owner } = describe(seen, now());
    if (this.#lost.length < MOST_LOST) this.#lost.push({ number, kind, owner, age, site });
    publish("leak", () => ({ kind, age, ...(site !== undefined && { site }) }));
  }
}

/** A moment in the life of a detector. */
export interface LeakMark {
  readonly resource: number;
  readonly handle: number;
}

const START: LeakMark = { resource: 0, handle: 0 };

const describe = ({ kind, owner, since, trace }: Seen, at: number): OpenResource => ({
  kind,
  owner,
  age: at - since,
  site: siteOf(trace),
});
