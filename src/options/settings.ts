import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { ConfigError } from "../errors.js";
import { isRecord } from "../json.js";
import type { OwnTransform, ResourceModel } from "../types.js";
import { flags, type Flag } from "./flags.js";
import { didYouMean } from "./nearest.js";
import type { Value, Values } from "./parse.js";
import { resourcesOf } from "./resources.js";
import { listOf, shown, textOf } from "./shape.js";
import { oneOf } from "./values.js";

/** What one configuration says, checked. */
export interface Settings {
  readonly values: Values;
  /** Configurations that this one builds on, as it names them. */
  readonly bases: readonly string[];
  readonly resources: readonly ResourceModel[];
  readonly ownTransforms: readonly OwnTransform[];
}

export interface Standing {
  readonly folder: string;
  /** For messages. */
  readonly where: string;
}

/** A value, under which key it was given, and where. */
interface Said {
  readonly where: string;
  readonly key: string;
  readonly value: unknown;
}

/** Settings that are flags as well: the name in a configuration, and that of the flag. */
export const settingNames: ReadonlyMap<string, string> = new Map(
  Object.entries(flags)
    .filter(([, flag]) => flag.config)
    .map(([flag]) => [camelCased(flag), flag]),
);

/** `strict-baseline` is `strictBaseline` in a configuration. */
export function camelCased(flag: string): string {
  return flag.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** Not flags: they have shapes of their own. */
export const shaped: readonly string[] = ["extends", "resources", "transforms"];

/** @throws ConfigError for every key and value that is not known. */
export function settingsOf({ folder, where }: Standing, content: unknown): Settings {
  if (!isRecord(content))
    throw new ConfigError(
      `${where} must be an object such as { "safety": "likely" }, but it is ${shown(content)}.`,
    );
  const entries = Object.entries(content).filter(([key]) => key !== "$schema" && !shaped.includes(key));
  const { extends: bases, resources, transforms } = content;
  return {
    values: new Map(entries.map(([key, value]) => setting(where, key, value))),
    bases: bases === undefined ? [] : basesOf(where, bases),
    resources: resources === undefined ? [] : resourcesOf({ at: `${where}: resources`, value: resources }),
    ownTransforms: transforms === undefined ? [] : transformsIn({ folder, where }, transforms),
  };
}

function basesOf(where: string, value: unknown): readonly string[] {
  const at = `${where}: extends`;
  return Array.isArray(value) ? listOf({ at, value }).map(textOf) : [textOf({ at, value })];
}

/** Files, relative to the configuration. */
function transformsIn({ folder, where }: Standing, value: unknown): readonly OwnTransform[] {
  return listOf({ at: `${where}: transforms`, value }).map((one) => {
    const path = resolve(folder, textOf(one));
    if (existsSync(path)) return { name: textOf(one), path };
    throw new ConfigError(
      `${one.at}: there is no file ${path}.\nPaths count from the folder of the configuration. Those of this package are chosen with "transform".`,
    );
  });
}

function setting(where: string, key: string, value: unknown): readonly [string, Value] {
  const name = settingNames.get(key);
  const flag = name === undefined ? undefined : flags[name];
  if (name === undefined || flag === undefined) throw unknownKey(where, key);
  return [name, checkedValue(flag, { where, key, value })];
}

/** A value as its flag takes it. */
export function checkedValue(flag: Flag, { where, key, value }: Said): Value {
  const { type, choices } = flag;
  if (choices !== undefined && isTexts(type === "list" ? value : [value]))
    for (const one of [value].flat()) oneOf(`${where}: "${key}"`, String(one), choices);
  if (type === "boolean" && typeof value === "boolean") return value;
  if (type === "number" && typeof value === "number") return String(value);
  if ((type === "string" || type === "optional") && typeof value === "string" && value !== "") return value;
  if (type === "list" && isTexts(value)) return value;
  throw new ConfigError(`${where}: "${key}" must be ${expected[type]}, but it is ${shown(value)}.`);
}

function unknownKey(where: string, key: string): ConfigError {
  const all = [...settingNames.keys(), ...shaped];
  const flag = Object.keys(flags).includes(key);
  const hint = flag ? ` --${key} is a flag: it is given on the command line only.` : didYouMean(key, all);
  return new ConfigError(`${where}: unknown key "${key}".${hint}\nKnown keys: ${all.join(", ")}.`);
}

const expected: Readonly<Record<Flag["type"], string>> = {
  boolean: "true or false",
  number: "a number",
  string: "a text that is not empty",
  list: 'a list of texts such as ["a", "b"]',
  optional: "a text that is not empty",
};

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}
