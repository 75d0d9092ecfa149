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

  create(entries: ModelEntry[] = []): ModelContext {
    const context = new ModelContext(this, entries);
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
  #entries: ModelEntry[];
  state: "open" | "closing" | "closed" = "open";
  failures: string[] = [];
  /** Whether somebody asked for a disposal whose failures are printed. */
  #isReported = false;
  /** Closed by an asynchronous disposal: the failures of a synchronous one are printed then and there. */
  #hasSettled = false;
  #whenClosed: (() => void)[] = [];

  constructor(model: Model, entries: ModelEntry[]) {
    this.#model = model;
    this.#entries = entries;
  }

  /** Whether a disposal that throws would. */
  get hasFailedAsync(): boolean {
    return this.#hasSettled && this.failures.length > 0;
  }

  get size(): number {
    return this.#entries.length;
  }

  get resources(): readonly ModelResource[] {
    return this.#entries.filter(isResource);
  }

  /** Whether it took the newcomer. One that comes too late is released at once. */
  hold(entry: ModelEntry): boolean {
    if (this.state === "open") return this.#entries.push(entry) > 0;
    if (isContext(entry)) entry.disposeAsync();
    else
      this.#model.release(entry, (error) => {
        if (error !== undefined) this.#model.trace.reported.push(error);
      });
    return false;
  }

  disown(resource: ModelResource): void {
    const at = this.#entries.lastIndexOf(resource);
    if (at >= 0) this.#entries.splice(at, 1);
  }

  move(): ModelContext | undefined {
    if (this.state !== "open") return undefined;
    this.state = "closed";
    return this.#model.create(this.#entries.splice(0));
  }

  dispose(): void {
    if (this.state !== "open") return;
    this.state = "closed";
    const failures: string[] = [];
    for (let entry = this.#entries.pop(); entry !== undefined; entry = this.#entries.pop())
      this.#releaseSync(entry, failures);
    this.failures = failures;
    this.#model.trace.reported.push(...failures);
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
    this.state = "closing";
    this.#next();
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
    if (this.#isReported) this.#model.trace.reported.push(...this.failures);
    for (const then of this.#whenClosed.splice(0)) then();
  }
}
