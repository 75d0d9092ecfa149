import type { Behaviour } from "./step.js";

/** What the model knows of a resource. */
export interface ModelResource {
  readonly name: string;
  readonly behaviour: Behaviour;
  /** Where its release hands over one more, if it does. */
  readonly lateComerOf?: ModelContext;
}

type ModelEntry = ModelResource | ModelContext;

const isContext = (entry: ModelEntry): entry is ModelContext => entry instanceof ModelContext;
const isResource = (entry: ModelEntry): entry is ModelResource => !isContext(entry);

/** What can be seen from outside: in which order what was released, and what was reported. */
export class Trace {
  readonly log: string[] = [];
  readonly reported: string[] = [];
}

/** A release that waits for its gate. */
export interface Gate {
  readonly resource: ModelResource;
  /** What goes on once it is open; the error is that of a gate that rejects. */
  readonly then: (error: string | undefined) => void;
}

/** All contexts of one run. */
export class Model {
  readonly trace = new Trace();
  readonly contexts: ModelContext[] = [];
  readonly gates: Gate[] = [];

  create(entries: ModelEntry[] = [], isParallel = false): ModelContext {
    const context = new ModelContext(this, entries, isParallel);
    this.contexts.push(context);
    return context;
  }

  /** Begins one release; `then` is called when it has ended, at once where nothing has to be waited for. */
  release(resource: ModelResource, then: (error: string | undefined) => void): void {
    const { name, behaviour, lateComerOf } = resource;
    this.trace.log.push(`${name} begins`);
    lateComerOf?.hold({ name: `${name} late`, behaviour: "well" });
    switch (behaviour) {
      case "well":
        return then(undefined);
      case "throws":
        return then(name);
      default:
        this.gates.push({ resource, then });
    }
  }

  open(at: number): void {
    const [gate] = this.gates.splice(at, 1);
    if (gate === undefined) return;
    this.trace.log.push(`${gate.resource.name} ends`);
    gate.then(gate.resource.behaviour === "gateRejects" ? gate.resource.name : undefined);
  }
}

/** A context as the documentation describes it, in as few words as possible. */
export class ModelContext {
  readonly #model: Model;
  /** Whether its resources are released at the same time. Such a one holds no contexts here, whose turns would mix. */
  readonly isParallel: boolean;
  #entries: ModelEntry[];
  /** Contexts that close before this one, oldest first. */
  #children: ModelContext[] = [];
  #parent: ModelContext | undefined;
  /** `shut`: the one above it is being disposed, and its own turn has not come. */
  state: "open" | "shut" | "closing" | "closed" = "open";
  failures: string[] = [];
  /** Its entries are being released, one by one or all together. */
  #isTaken = false;
  /** Whether somebody asked for a disposal whose failures are printed. */
  #isReported = false;
  /** Closed by an asynchronous disposal: the failures of a synchronous one are printed then and there. */
  #hasSettled = false;
  #whenClosed: (() => void)[] = [];
  /** Newcomers that came too late and are still being released; its own release waits for them. */
  #arriving = 0;
  #whenArrived: (() => void) | undefined;

  constructor(model: Model, entries: ModelEntry[], isParallel: boolean) {
    this.#model = model;
    this.#entries = entries;
    this.isParallel = isParallel;
  }

  /** Whether a disposal that throws would. */
  get hasFailedAsync(): boolean {
    return this.#hasSettled && this.failures.length > 0;
  }

  get size(): number {
    const own = this.#isTaken ? 0 : this.#entries.length;
    return this.#children.reduce((sum, child) => sum + child.size, own);
  }

  get resources(): readonly ModelResource[] {
    return this.#entries.filter(isResource);
  }

  /** A context that closes before this one, or nothing when it is too late for one. */
  child(isParallel: boolean): ModelContext | undefined {
    if (this.state !== "open") return undefined;
    const child = this.#model.create([], isParallel);
    this.#attach(child);
    return child;
  }

  #attach(child: ModelContext): void {
    child.#parent = this;
    this.#children.push(child);
  }

  #detach(): void {
    if (this.#parent === undefined) return;
    const siblings = this.#parent.#children;
    siblings.splice(siblings.indexOf(this), 1);
    this.#parent = undefined;
  }

  /** Whether it took the newcomer. One that comes too late is released at once. */
  hold(entry: ModelEntry): boolean {
    if (this.state === "open") return this.#entries.push(entry) > 0;
    if (isContext(entry)) entry.disposeAsync();
    else this.#turnAway(entry);
    return false;
  }

  #turnAway(resource: ModelResource): void {
    this.#arriving += 1;
    this.#model.release(resource, (error) => {
      if (error !== undefined) this.#model.trace.reported.push(error);
      this.#arriving -= 1;
      if (this.#arriving > 0) return;
      const then = this.#whenArrived;
      this.#whenArrived = undefined;
      then?.();
    });
  }

  disown(resource: ModelResource): void {
    const at = this.#entries.lastIndexOf(resource);
    if (at >= 0) this.#entries.splice(at, 1);
  }

  move(): ModelContext | undefined {
    if (this.state !== "open") return undefined;
    this.state = "closed";
    this.#detach();
    const next = this.#model.create(this.#entries.splice(0), this.isParallel);
    for (const child of this.#children.splice(0)) next.#attach(child);
    return next;
  }

  dispose(): void {
    if (this.state !== "open") return;
    this.#shut();
    this.#model.trace.reported.push(...this.#disposeTree());
  }

  /** Nobody of the tree takes anything from now on. */
  #shut(): void {
    this.state = "shut";
    for (const child of this.#children) if (child.state === "open") child.#shut();
  }

  /** What is being released already goes on by itself. */
  #disposeTree(): readonly string[] {
    const waiting = [...this.#children].reverse().filter(({ state }) => state === "shut");
    const failures = waiting.flatMap((child) => child.#disposeTree());
    for (let entry = this.#entries.pop(); entry !== undefined; entry = this.#entries.pop())
      this.#releaseSync(entry, failures);
    this.state = "closed";
    this.failures = failures;
    this.#detach();
    return failures;
  }

  /** What ends later fails by itself. */
  #releaseSync(entry: ModelEntry, failures: string[]): void {
    if (isContext(entry)) return entry.dispose();
    let target = failures;
    this.#model.release(entry, (error) => {
      if (error !== undefined) target.push(error);
    });
    target = this.#model.trace.reported;
  }

  disposeAsync(isReported = true, whenClosed: () => void = () => {}): void {
    if (isReported && !this.#isReported) {
      this.#isReported = true;
      if (this.state === "closed" && this.#hasSettled) this.#model.trace.reported.push(...this.failures);
    }
    if (this.state === "closed") return whenClosed();
    this.#whenClosed.push(whenClosed);
    if (this.state === "closing") return;
    if (this.state === "open") this.#shut();
    this.state = "closing";
    if (this.#arriving > 0) this.#whenArrived = () => this.#releaseAll();
    else this.#releaseAll();
  }

  #releaseAll(): void {
    this.#releaseChildren([...this.#children], () => {
      this.#isTaken = true;
      if (this.isParallel) this.#together();
      else this.#next();
    });
  }

  /** Youngest first. What fails in one whose turn came is a failure of this one as well. */
  #releaseChildren(children: ModelContext[], then: () => void): void {
    const child = children.pop();
    if (child === undefined) return then();
    const isItsTurn = child.state === "shut";
    child.disposeAsync(false, () => {
      if (isItsTurn) this.failures.push(...child.failures);
      this.#releaseChildren(children, then);
    });
  }

  #together(): void {
    let left = this.#entries.length + 1;
    const done = (error?: string): void => {
      if (error !== undefined) this.failures.push(error);
      if ((left -= 1) === 0) this.#settle();
    };
    for (let entry = this.#entries.pop(); entry !== undefined; entry = this.#entries.pop()) {
      if (isContext(entry)) throw new Error("A parallel context of this model holds no contexts.");
      this.#model.release(entry, done);
    }
    done();
  }

  #next(): void {
    const entry = this.#entries.pop();
    if (entry === undefined) return this.#settle();
    if (isContext(entry)) return entry.disposeAsync(true, () => this.#next());
    this.#model.release(entry, (error) => {
      if (error !== undefined) this.failures.push(error);
      this.#next();
    });
  }

  #settle(): void {
    this.state = "closed";
    this.#hasSettled = true;
    this.#detach();
    if (this.#isReported) this.#model.trace.reported.push(...this.failures);
    for (const then of this.#whenClosed.splice(0)) then();
  }
}
