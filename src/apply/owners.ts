import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ConfigError, toError } from "../errors.js";
import { isRecord } from "../json.js";
import type { FileOutcome, Options } from "../types.js";
import { foldersUp } from "../folders.js";

export const runtimePackage = "resource-context";

export type PackageJson = Readonly<Record<string, unknown>>;
export type Changed = Extract<FileOutcome, { status: "changed" }>;

/** Absolute paths of the package.json files that own changed files which import the runtime now, with those files. */
export function ownersOf(
  files: readonly FileOutcome[],
  { root }: Options,
): ReadonlyMap<string, readonly Changed[]> {
  const owners = new Map<string, Changed[]>();
  for (const file of files) {
    if (file.status !== "changed" || !file.after.includes(runtimePackage)) continue;
    const owner = ownerOf(dirname(join(root, file.file)));
    if (owner !== null) owners.set(owner, [...(owners.get(owner) ?? []), file]);
  }
  return new Map([...owners].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** The root of a monorepo often has no name. */
const marks = ["name", "dependencies", "devDependencies", "peerDependencies", "workspaces"];

/** The nearest package.json that is one: a bare `{ "type": "module" }` only sets a flag. */
export function ownerOf(folder: string): string | null {
  for (const current of foldersUp(folder)) {
    const path = join(current, "package.json");
    const content = existsSync(path) ? packageAt(path) : {};
    const isOne = marks.some((mark) => mark in content);
    if (isOne && !isEntryPoint(content, dirname(current))) return path;
  }
  return null;
}

/** `@app/core/testing` inside of `@app/core`: it says where a subpath leads, and is never installed by itself. */
function isEntryPoint(content: PackageJson, above: string): boolean {
  const { name } = content;
  if (typeof name !== "string" || "version" in content || "dependencies" in content) return false;
  const owner = dirname(above) === above ? null : ownerOf(above);
  return owner !== null && name.startsWith(`${String(packageAt(owner)["name"])}/`);
}

/** `dependencies` and its like; empty where there is none. */
export function sectionOf(content: PackageJson, section: string): PackageJson {
  const value = content[section];
  return isRecord(value) ? value : {};
}

/** @throws ConfigError when it is no JSON. */
export function packageAt(path: string): PackageJson {
  try {
    const content: unknown = JSON.parse(readFileSync(path, "utf8").replace(/^\ufeff/, ""));
    return isRecord(content) ? content : {};
  } catch (thrown) {
    throw new ConfigError(
      `${path} cannot be read as JSON: ${toError(thrown).message}\nMend it, or pass --no-install to leave it alone.`,
    );
  }
}
