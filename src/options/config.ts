import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import { ConfigError } from "../errors.js";
import type { OwnTransform, ResourceModel } from "../types.js";
import { configIn, readConfigFile, type ConfigFile } from "./config-file.js";
import type { Value, Values } from "./parse.js";
import { rebase } from "./rebase.js";
import { list } from "./values.js";
import { isWithin, foldersUp } from "../folders.js";

/** What the configuration of a run says, with all that it extends. */
export interface Config {
  /** The file itself, then what it extends; absolute. */
  readonly files: readonly string[];
  /** Patterns to ignore are relative to where the run starts. */
  readonly values: Values;
  /** Where each value was said: `file:line`, or the file where lines are not known. */
  readonly origins: ReadonlyMap<string, readonly string[]>;
  /** Resources that the project adds to the catalogue. */
  readonly resources: readonly ResourceModel[];
  /** Transforms of its own that take part in the run. */
  readonly ownTransforms: readonly OwnTransform[];
}

/**
 * `undefined`: the nearest configuration from the folder upwards, the only one that counts; `false`: none; else that
 * file.
 */
export async function readConfig(start: string, asked: Value | undefined): Promise<Config | null> {
  if (asked === false) return null;
  if (typeof asked !== "string") return nearest(start);
  const path = resolve(start, asked);
  if (existsSync(path)) return withBases(await readConfigFile(path), { start, above: [] });
  throw new ConfigError(
    `--config: there is no file ${path}.\nWithout the flag the nearest resource-codemod.config.{ts,mts,js,mjs,json} counts; --no-config reads none.`,
  );
}

async function nearest(start: string): Promise<Config | null> {
  for (const folder of foldersUp(start)) {
    const found = await configIn(folder);
    if (found) return withBases(found, { start, above: [] });
  }
  return null;
}

interface Reading {
  /** The folder of the run. */
  readonly start: string;
  /** The files that led here by extending, the first of them first. */
  readonly above: readonly ConfigFile[];
}

/** What extends wins; lists of what to ignore and of what the project adds grow. */
async function withBases(own: ConfigFile, { start, above }: Reading): Promise<Config> {
  const chain = [...above, own];
  let config = empty;
  for (const base of own.settings.bases) {
    const path = baseOf(own, base);
    refuseCircle(path, chain);
    const read = await readConfigFile(path);
    config = joined(config, await withBases(read, { start, above: chain }));
  }
  const { settings, path } = own;
  const ignore = rebased(list(settings.values, "ignore"), { folder: folderOfPatterns(chain, start), start });
  const values = settings.values.has("ignore")
    ? new Map([...settings.values, ["ignore", ignore] as const])
    : settings.values;
  const origins = new Map([...values.keys()].map((name) => [name, [own.origin(name)]] as const));
  const { resources, ownTransforms } = settings;
  const joinedAll = joined(config, { files: [], values, origins, resources, ownTransforms });
  return { ...joinedAll, files: [path, ...joinedAll.files] };
}

/** A configuration that says nothing. */
export const empty: Config = {
  files: [],
  values: new Map(),
  origins: new Map(),
  resources: [],
  ownTransforms: [],
};

/** Two configurations as one: the second wins; lists of what to ignore and of what is added grow. */
export function joined(base: Config, over: Config): Config {
  const ignore = [...list(base.values, "ignore"), ...list(over.values, "ignore")];
  const said = [...(base.origins.get("ignore") ?? []), ...(over.origins.get("ignore") ?? [])];
  const isSaid = said.length > 0;
  return {
    files: [...base.files, ...over.files],
    values: new Map([...base.values, ...over.values, ...(isSaid ? [["ignore", ignore] as const] : [])]),
    origins: new Map([...base.origins, ...over.origins, ...(isSaid ? [["ignore", said] as const] : [])]),
    resources: [
      ...base.resources.filter(({ id }) => !over.resources.some((one) => one.id === id)),
      ...over.resources,
    ],
    ownTransforms: [...base.ownTransforms, ...over.ownTransforms],
  };
}

/** A path from the file that extends, or a package as that file would import it. */
function baseOf(own: ConfigFile, base: string): string {
  const folder = dirname(own.path);
  const isPath = base.startsWith(".") || isAbsolute(base);
  const path = isPath ? resolve(folder, base) : inPackage(own.path, base);
  if (path !== null && existsSync(path)) return path;
  const expected = isPath
    ? `There is no file ${resolve(folder, base)}.`
    : `No package of that name is found from ${folder}.`;
  throw new ConfigError(
    `${own.where}: "extends" names "${base}". ${expected}\nExpected a path that begins with "./" or "../", or a package that is installed.`,
  );
}

function inPackage(from: string, name: string): string | null {
  try {
    return createRequire(from).resolve(name);
  } catch {
    return null;
  }
}

function refuseCircle(path: string, chain: readonly ConfigFile[]): void {
  if (chain.every((one) => one.path !== path)) return;
  const names = [...chain.map((one) => one.path), path].join("\n  extends ");
  throw new ConfigError(`Configurations extend each other in a circle:\n  ${names}\nTake one "extends" out.`);
}

/**
 * Patterns count from the folder of their file when the run is inside of it. A shared file beside the project, or in a
 * package, has none of the files in its folder: its patterns count from the file that extends it.
 */
function folderOfPatterns(chain: readonly ConfigFile[], start: string): string {
  const folders = chain.map((one) => dirname(one.path)).reverse();
  return folders.find((folder) => isWithin(start, folder)) ?? start;
}

function rebased(
  patterns: readonly string[],
  place: { readonly folder: string; readonly start: string },
): readonly string[] {
  const below = relative(place.folder, place.start).split(sep);
  return rebase(
    patterns,
    below.filter((segment) => segment !== ""),
  );
}
