import type { Release, ResourceModel } from "../types.js";

/** Stands in `acquire.modules` for what needs no import. */
const globalModule = "globalThis";

/** A catalogue, and what the stages ask of it. */
export interface CatalogueIndex {
  readonly models: readonly ResourceModel[];
  /** By module and path: `pg#Pool`. */
  readonly byPath: ReadonlyMap<string, ResourceModel>;
  /** The modules that some entry acquires from, without the `node:` prefix. */
  readonly modules: ReadonlySet<string>;
  /** Acquiring functions that need no import: `setInterval`. */
  readonly globals: ReadonlySet<string>;
  /** The same and what releases them: names that may be followed though nothing declares them. */
  readonly knownGlobals: ReadonlySet<string>;
  /** Methods of whatever object that add something which another method takes back, by their name. */
  readonly methods: ReadonlyMap<string, ResourceModel>;
  /** The names of those that take it back. */
  readonly removals: readonly string[];
  /** The last member names of all acquiring functions. */
  readonly names: readonly string[];
  /**
   * For each module the last member names of its acquiring functions; null where the module itself acquires when it is
   * called or constructed, under any name.
   */
  readonly namesByModule: ReadonlyMap<string, readonly string[] | null>;
  /** Modules whose functions give something that acquires in its turn: `express()`, `new Pool()`. */
  readonly makingModules: ReadonlySet<string>;
}

export function indexed(models: readonly ResourceModel[]): CatalogueIndex {
  const methods = models.filter(({ acquire }) => acquire.by === "method");
  const acquires = models.map(({ acquire }) => acquire).filter(({ by }) => by !== "method");
  const modules = new Set(acquires.flatMap((one) => one.modules));
  modules.delete(globalModule);
  const globals = acquires
    .filter((one) => one.modules.includes(globalModule))
    .flatMap(({ path }) => path.slice(0, 1));
  return {
    models,
    byPath: new Map(
      models.flatMap((model) =>
        model.acquire.modules.map((module) => [pathKey(module, model.acquire.path), model]),
      ),
    ),
    modules,
    globals: new Set(globals),
    knownGlobals: new Set([...globals, ...releasingGlobals(models)]),
    methods: new Map(methods.map((model) => [model.acquire.path[0] ?? "", model])),
    removals: [...new Set(methods.flatMap(({ release }) => release.flatMap(methodName)))],
    names: [...new Set(acquires.flatMap(({ path }) => path.slice(-1)))],
    namesByModule: new Map([...modules].map((module) => [module, namesOf(module, models)])),
    makingModules: new Set(acquires.filter(({ path }) => path.includes("()")).flatMap((one) => one.modules)),
  };
}

export function pathKey(module: string, path: readonly string[]): string {
  return `${module}#${path.join(".")}`;
}

const methodName = (one: Release): readonly string[] => (one.by === "method" ? [one.name] : []);

function releasingGlobals(models: readonly ResourceModel[]): readonly string[] {
  return models
    .flatMap((model) => model.release)
    .flatMap((one) =>
      one.by === "function" && one.modules.includes(globalModule) ? one.path.slice(0, 1) : [],
    );
}

function namesOf(module: string, models: readonly ResourceModel[]): readonly string[] | null {
  const paths = models
    .filter(({ acquire }) => acquire.modules.includes(module))
    .map(({ acquire }) => acquire.path);
  return paths.some((path) => path.length === 0) ? null : paths.flatMap((path) => path.slice(-1));
}
