import { setImmediate } from "node:timers/promises";
import { ContextClosedError, ResourceContext } from "../../src/index.js";
import type { Behaviour, WAYS } from "./step.js";
import { Trace } from "./model.js";

/** A resource as the program holds it: whichever way it was acquired, it notes its release. */
export interface Resource {
  readonly name: string;
  readonly way: (typeof WAYS)[number];
  readonly behaviour: Behaviour;
  readonly lateComerOf?: ResourceContext;
}

/** A machine that stands still must not make a release late: no deadline is part of the model. */
const A_DAY = 86_400_000;

interface Disposal {
  readonly context: ResourceContext;
  readonly throwErrors: boolean;
  readonly promise: Promise<void>;
}

/** The real thing, driven step by step; a release that has to wait does so until its gate is opened. */
export class World {
  readonly trace = new Trace();
  readonly contexts: ResourceContext[] = [];
  readonly #gates: { readonly resource: Resource; readonly open: () => void }[] = [];
  readonly #disposals: Disposal[] = [];
  readonly #handles = new Map<string, unknown>();

  create(): ResourceContext {
    const context = new ResourceContext({ resourceTimeout: A_DAY, totalTimeout: A_DAY });
    this.contexts.push(context);
    return context;
  }

  /** Whether the context takes one more that hangs on it. */
  child(context: ResourceContext, isParallel: boolean): boolean {
    return isTaken(() => this.contexts.push(isParallel ? context.parallel() : context.child()));
  }

  /** Whether the context took it. */
  acquire(context: ResourceContext, resource: Resource): boolean {
    const handle = this.#handles.get(resource.name) ?? this.#handleOf(resource);
    this.#handles.set(resource.name, handle);
    return isTaken(() => this.#hand(context, resource, handle));
  }

  disown(context: ResourceContext, name: string): void {
    const handle = this.#handles.get(name);
    if (context.disown(handle) !== handle) throw new Error("disown() gives back what it was given");
  }

  move(context: ResourceContext): boolean {
    return isTaken(() => this.contexts.push(context.move()));
  }

  disposeAsync(context: ResourceContext, throwErrors: boolean): void {
    const promise = context.disposeAsync({ throwErrors });
    promise.catch(() => {}); // Looked at in the end.
    this.#disposals.push({ context, throwErrors, promise });
  }

  open(at: number): void {
    const [gate] = this.#gates.splice(at, 1);
    if (gate === undefined) return;
    this.trace.log.push(`${gate.resource.name} ends`);
    gate.open();
  }

  /** How each disposal that was asked for ended, after everything has come to rest. */
  async endings(): Promise<readonly string[]> {
    await setImmediate();
    return Promise.all(this.#disposals.map((disposal) => this.#endingOf(disposal)));
  }

  async #endingOf({ context, throwErrors, promise }: Disposal): Promise<string> {
    const pending = setImmediate("is still pending");
    const ending = promise.then(
      () => "ended well",
      (error: unknown) =>
        error === context.cleanupError ? "told its failures" : `rejected with ${String(error)}`,
    );
    const isShared = context.disposeAsync({ throwErrors: false }) === context.disposeAsync();
    if (!throwErrors && !isShared) return "is not shared by its callers";
    return Promise.race([ending, pending]);
  }

  #handleOf(resource: Resource): unknown {
    const release = (): unknown => this.#release(resource);
    if (resource.way === "defer") return release;
    const isAsync = resource.behaviour.startsWith("gate");
    return resource.way === "use"
      ? { [isAsync ? Symbol.asyncDispose : Symbol.dispose]: release }
      : { release };
  }

  #hand(context: ResourceContext, { way }: Resource, handle: unknown): void {
    const given =
      way === "adopt"
        ? context.adopt(handle, (value) => Reflect.apply(Reflect.get(Object(value), "release"), value, []))
        : Reflect.apply(context[way], context, [handle]);
    if (given !== handle) throw new Error(`${way}() gives back what it was given`);
  }

  #release(resource: Resource): unknown {
    const { name, behaviour, lateComerOf } = resource;
    this.trace.log.push(`${name} begins`);
    if (lateComerOf !== undefined) this.#handLate(name, lateComerOf);
    if (behaviour === "well") return undefined;
    if (behaviour === "throws") throw new Error(name);
    return new Promise<void>((resolve, reject) => {
      const open = behaviour === "gate" ? resolve : (): void => reject(new Error(name));
      this.#gates.push({ resource, open });
    });
  }

  #handLate(name: string, context: ResourceContext): void {
    const late = { name: `${name} late`, way: "defer", behaviour: "well" } as const;
    if (this.acquire(context, late)) throw new Error("A context that is being disposed took a newcomer.");
  }
}

/** A refusal of a closed context is an answer; any other error is one of the test. */
export function isTaken(step: () => unknown): boolean {
  try {
    step();
    return true;
  } catch (thrown) {
    if (thrown instanceof ContextClosedError) return false;
    throw thrown;
  }
}
