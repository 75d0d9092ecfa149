import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import { version } from "node:process";
import { fileURLToPath } from "node:url";
import type { Territory } from "../discover/index.js";
import { digestOf } from "../disk.js";
import { ownManifest } from "../manifest.js";
import type { Options } from "../types.js";

/** Stands for the whole of what a check is about but the content of files: tool, options, list of files. */
export function keyOf(options: Options, territory: Territory): string {
  return digestOf(JSON.stringify([toolKey(), optionsKey(options), options.shard, territoryKey(territory)]));
}

/** The same for all parts of one check. */
export function commonKey(options: Options, territory: Territory): string {
  const own = optionsKey({ ...options, root: "" });
  return digestOf(JSON.stringify([ownManifest().version, own, territoryKey(territory)]));
}

/** Options that say nothing about what is found, only about what becomes of it. */
const later = new Set([
  ...["allow", "verify", "verifyTimeout", "format", "install", "baseline", "cache", "shard", "signal"],
  ...["outputs", "color", "verbosity", "timings", "ask", "safety"],
]);

function optionsKey(options: Options): string {
  const about = Object.entries(options).filter(([name]) => !later.has(name));
  return JSON.stringify(Object.fromEntries(about), (_, value: unknown) =>
    value instanceof Set ? [...value] : value,
  );
}

function territoryKey({ selection, listing, sources }: Territory): string {
  const { files, folders, patterns, changed } = selection;
  const asked = [[...files], folders, patterns.map(({ glob }) => glob)];
  const changes = changed === null ? null : [[...changed.files].sort(), [...changed.texts]];
  const { repositories, skipped, failures } = listing;
  return digestOf(JSON.stringify([asked, changes, repositories, skipped, failures, sources]));
}

/** A tool that is being worked on keeps its version while its files change. */
function toolKey(): string {
  const folder = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile() && /\.[jt]s$/.test(one.name))
    .map((one) => statSync(path.join(one.parentPath, one.name)))
    .map(({ size, mtimeMs }) => [size, mtimeMs]);
  return JSON.stringify([ownManifest().version, version, files]);
}
