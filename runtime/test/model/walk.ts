import { setImmediate } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { expect } from "vitest";
import { Model, type ModelContext, type ModelResource } from "./model.js";
import type { Step } from "./step.js";
import { isTaken, type Resource, World } from "./world.js";
import type { ResourceContext } from "../../src/index.js";

interface Pair {
  readonly inModel: ModelResource;
  readonly inWorld: Resource;
}

interface Acquired extends Pick<Resource, "way" | "behaviour"> {
  readonly isLate?: boolean;
}

const messagesOf = (errors: readonly unknown[]): readonly string[] =>
  errors.map((error) => (error instanceof Error ? error.message : String(error)));

/** The matcher of the test makes a good message and costs a hundred times as much. */
function mustBeSame(actual: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(actual, expected)) expect(actual).toEqual(expected);
}

const seenOf = ({ disposed, size, cleanupError }: ResourceContext) => ({
  disposed,
  size,
  failures: messagesOf(cleanupError?.errors ?? []),
});

const foreseenOf = ({ state, size, failures }: ModelContext) => ({
  disposed: state !== "open",
  size,
  failures: state === "closed" ? [...failures] : [],
});

/** Counted round, so that every number picks something. */
const pick = <T>(list: readonly T[], at: number): T | undefined => list[at % list.length];

/** Takes the same steps in the model and in the world, and compares after each what can be seen. */
export class Walk {
  readonly #model = new Model();
  readonly #world = new World();
  readonly #resources = new Map<string, Pair>();
  readonly #expectedEndings: { readonly context: ModelContext; readonly throwErrors: boolean }[] = [];
  readonly reported: readonly string[];

  constructor(reported: readonly string[]) {
    this.reported = reported;
    this.#create();
  }

  async take(step: Step): Promise<void> {
    this.#take(step);
    await this.#compare();
  }

  /** Lets everything go and looks at what is left: nothing, and no promise that never settles. */
  async finish(): Promise<void> {
    // One by one: how two that are disposed in the same turn take turns is nobody's promise.
    for (let at = 0; at < this.#model.contexts.length; at += 1) {
      this.#disposeAsync(at, false);
      await this.#compare();
    }
    while (this.#model.gates.length > 0) {
      this.#open(0);
      await this.#compare();
    }
    expect(await this.#world.endings()).toEqual(
      this.#expectedEndings.map(({ context, throwErrors }) =>
        throwErrors && context.hasFailedAsync ? "told its failures" : "ended well",
      ),
    );
  }

  #take(step: Step): void {
    switch (step.do) {
      case "create":
        return this.#create();
      case "hand":
        return this.#handContext(step.at);
      case "child":
        return this.#child(step.at, step.isParallel);
      case "acquire":
        return this.#acquire(step.at, step);
      case "acquireLateComer":
        return this.#acquire(step.at, { way: "defer", behaviour: "well", isLate: true });
      case "again":
        return this.#again(step.at, step.which);
      case "disown":
        return this.#disown(step.at, step.which);
      case "move":
        return this.#move(step.at);
      case "dispose":
        return this.#at(step.at, (inModel, inWorld) => {
          inModel.dispose();
          inWorld.dispose();
        });
      case "disposeAsync":
        return this.#disposeAsync(step.at, step.throwErrors);
      case "open":
        return this.#open(step.gate);
    }
  }

  async #compare(): Promise<void> {
    await setImmediate();
    const { contexts, trace } = this.#model;
    mustBeSame(this.#world.trace.log, trace.log);
    mustBeSame([...this.reported].sort(), [...trace.reported].sort());
    mustBeSame(this.#world.contexts.map(seenOf), contexts.map(foreseenOf));
  }

  #at(at: number, then: (inModel: ModelContext, inWorld: ResourceContext) => void): void {
    const [inModel, inWorld] = [pick(this.#model.contexts, at), pick(this.#world.contexts, at)];
    if (inModel !== undefined && inWorld !== undefined) then(inModel, inWorld);
  }

  #create(): void {
    this.#model.create();
    this.#world.create();
  }

  #child(at: number, isParallel: boolean): void {
    this.#at(at, (inModel, inWorld) => {
      if (inModel.isParallel) return;
      const taken = inModel.child(isParallel) !== undefined;
      expect(this.#world.child(inWorld, isParallel)).toBe(taken);
    });
  }

  #handContext(at: number): void {
    this.#at(at, (inModel, inWorld) => {
      if (inModel.isParallel) return;
      const taken = inModel.hold(this.#model.create());
      const child = this.#world.create();
      expect(isTaken(() => inWorld.use(child))).toBe(taken);
    });
  }

  #acquire(at: number, { way, behaviour, isLate = false }: Acquired): void {
    this.#at(at, (inModel, inWorld) => {
      const name = `resource ${this.#resources.size}`;
      const resource = {
        inModel: { name, behaviour, ...(isLate ? { lateComerOf: inModel } : {}) },
        inWorld: { name, way, behaviour, ...(isLate ? { lateComerOf: inWorld } : {}) },
      };
      this.#resources.set(name, resource);
      this.#hand(inModel, inWorld, resource);
    });
  }

  /** The same handle once more, in the context that holds it. */
  #again(at: number, which: number): void {
    this.#at(at, (inModel, inWorld) => {
      const resource = this.#resources.get(pick(inModel.resources, which)?.name ?? "");
      if (resource !== undefined) this.#hand(inModel, inWorld, resource);
    });
  }

  #hand(inModel: ModelContext, inWorld: ResourceContext, resource: Pair): void {
    expect(this.#world.acquire(inWorld, resource.inWorld)).toBe(inModel.hold(resource.inModel));
  }

  #disown(at: number, which: number): void {
    this.#at(at, (inModel, inWorld) => {
      const resource = pick(inModel.resources, which);
      if (inModel.state !== "open" || resource === undefined) return;
      inModel.disown(resource);
      this.#world.disown(inWorld, resource.name);
    });
  }

  #move(at: number): void {
    this.#at(at, (inModel, inWorld) => {
      expect(this.#world.move(inWorld)).toBe(inModel.move() !== undefined);
    });
  }

  #disposeAsync(at: number, throwErrors: boolean): void {
    this.#at(at, (inModel, inWorld) => {
      this.#expectedEndings.push({ context: inModel, throwErrors });
      inModel.disposeAsync(!throwErrors);
      this.#world.disposeAsync(inWorld, throwErrors);
    });
  }

  #open(gate: number): void {
    const at = gate % Math.max(1, this.#model.gates.length);
    this.#model.open(at);
    this.#world.open(at);
  }
}
