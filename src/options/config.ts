import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { ConfigError, toError } from "../errors.js";
import { isRecord, parseJson } from "../json.js";
import { flags, type Flag } from "./flags.js";
import { didYouMean } from "./nearest.js";
import { resourcesOf } from "./resources.js";
import type { Value, Values } from "./parse.js";
import { listOf, textOf as wordOf } from "./shape.js";
import type { OwnTransform, ResourceModel } from "../types.js";

/** What the nearest configuration says, and where it stands. */
export interface Config {
  readonly folder: string;
  readonly values: Values;
  /** Resources that the project adds to the catalogue. */
  readonly resources: readonly ResourceModel[];
  /** Transforms of its own that take part in the run. */
  readonly ownTransforms: readonly OwnTransform[];
}

const name = "resource-codemod";
const file = `${name}.config.json`;
const scripts = ["ts", "mts", "js", "mjs", "cjs", "cts"].map((extension) => `${name}.config.${extension}`);

/** Looks in a folder and then upwards; the first configuration found is the only one that counts. */
export async function readConfig(start: string): Promise<Config | null> {
  for (let folder = start; ; folder = dirname(folder)) {
    const found = await configIn(folder);
    if (found) return found;
    if (folder === dirname(folder)) return null;
  }
}

async function configIn(folder: string): Promise<Config | null> {
  const script = scripts.find((candidate) => existsSync(join(folder, candidate)));
  if (script !== undefined) {
    const { loadScript } = await import("./script.js");
    const content = await loadScript(join(folder, script));
    return contentOf({ folder, where: join(folder, script) }, content);
  }
  const path = join(folder, file);
  if (existsSync(path)) return contentOf({ folder, where: path }, parseJson(path, textOf(path)));
  const manifest = join(folder, "package.json");
  const text = existsSync(manifest) ? textOf(manifest) : "";
  // A manifest that is broken elsewhere is not this tool's business.
  if (!text.includes(`"${name}"`)) return null;
  const section = isRecord(parseJson(manifest, text)) ? sectionOf(parseJson(manifest, text)) : undefined;
  return section === undefined ? null : contentOf({ folder, where: `"${name}" in ${manifest}` }, section);
}

function sectionOf(manifest: unknown): unknown {
  return isRecord(manifest) ? manifest[name] : undefined;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (thrown) {
    throw new ConfigError(`${path} cannot be read: ${toError(thrown).message}`);
  }
}

/** The settings that a configuration may hold, by their name there. */
const settings: ReadonlyMap<string, { readonly flag: string; readonly type: Flag["type"] }> = new Map(
  Object.entries(flags)
    .filter(([, flag]) => flag.config)
    .map(([flag, { type }]) => [
      flag.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()),
      { flag, type },
    ]),
);

/** Not flags: they have shapes of their own. */
const shaped = ["resources", "transforms"];

interface Standing {
  readonly folder: string;
  /** For messages. */
  readonly where: string;
}

function contentOf({ folder, where }: Standing, content: unknown): Config {
  if (!isRecord(content)) throw new ConfigError(`${where} must be an object such as { "safety": "likely" }.`);
  const entries = Object.entries(content).filter(([key]) => key !== "$schema" && !shaped.includes(key));
  const { resources, transforms } = content;
  return {
    folder,
    values: new Map(entries.map(([key, value]) => setting(where, key, value))),
    resources: resources === undefined ? [] : resourcesOf({ at: `${where}: resources`, value: resources }),
    ownTransforms: transforms === undefined ? [] : transformsIn({ folder, where }, transforms),
  };
}

/** Files, relative to the configuration. */
function transformsIn({ folder, where }: Standing, value: unknown): readonly OwnTransform[] {
  return listOf({ at: `${where}: transforms`, value }).map((one) => {
    const path = resolve(folder, wordOf(one));
    if (existsSync(path)) return { name: wordOf(one), path };
    throw new ConfigError(
      `${one.at}: there is no file ${path}.\nThose of this package are chosen with "transform".`,
    );
  });
}

function setting(where: string, key: string, value: unknown): readonly [string, Value] {
  const known = settings.get(key);
  if (!known) {
    const all = [...settings.keys(), ...shaped];
    throw new ConfigError(
      `${where}: unknown key "${key}".${didYouMean(key, all)}\nKnown keys: ${all.join(", ")}.`,
    );
  }
  if (known.type === "boolean" && typeof value === "boolean") return [known.flag, value];
  if (known.type === "string" && typeof value === "string") return [known.flag, value];
  if (known.type === "list" && isTexts(value)) return [known.flag, value];
  throw new ConfigError(
    `${where}: "${key}" must be ${expected[known.type]}, but it is ${JSON.stringify(value)}.`,
  );
}

const expected: Readonly<Record<Flag["type"], string>> = {
  boolean: "true or false",
  string: "a text",
  list: "a list of texts",
  optional: "a text",
};

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}
