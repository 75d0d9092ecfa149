import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Values } from "./parse.js";
import { text } from "./values.js";

/**
 * Where a drift check keeps what it found. Without a folder of packages there is no place that everybody ignores, and
 * nothing is kept unless a place is named.
 */
export function cacheOf(root: string, values: Values): string | null {
  if (values.get("cache") === false) return null;
  const named = text(values, "cache-location");
  if (named !== "") return resolve(root, named);
  const packages = nearestPackages(root);
  return packages === null ? null : join(packages, ".cache/resource-codemod");
}

function nearestPackages(root: string): string | null {
  for (let folder = root; ; folder = dirname(folder)) {
    if (existsSync(join(folder, "node_modules"))) return join(folder, "node_modules");
    if (existsSync(join(folder, ".git")) || folder === dirname(folder)) return null;
  }
}
