import { realpathSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { ConfigError } from "../errors.js";
import type { Options } from "../types.js";
import type { Config } from "./config.js";
import type { Values } from "./parse.js";
import { list, text } from "./values.js";

/** What has no flag: only a configuration says it. */
export function ownOf(config: Config | null): Pick<Options, "resources" | "ownTransforms"> {
  return { resources: config?.resources ?? [], ownTransforms: config?.ownTransforms ?? [] };
}

/** The folder of the run; `cwd` is seen from a folder. */
export function rootOf(folder: string, values: Values): string {
  const given = values.has("cwd") ? text(values, "cwd") : ".";
  const root = resolve(folder, given);
  if (statSync(root, { throwIfNoEntry: false })?.isDirectory()) return realpathSync(root);
  throw new ConfigError(`--cwd: "${given}" is not a folder.\nExpected a folder, seen from ${folder}.`);
}

/** What was given wins over the configuration; what both ignore is ignored. */
export function merged(config: Config | null, values: Values): Values {
  if (!config) return values;
  const ignore = [...list(config.values, "ignore"), ...list(values, "ignore")];
  return new Map([...config.values, ...values, ["ignore", ignore]]);
}
