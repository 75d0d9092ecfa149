import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { foldersUp } from "../folders.js";

/**
 * The version under which a package of a monorepo asks for another one: the one in use in its other packages, a workspace
 * package of that name, or the catalog of the package manager; undefined when none of them says anything.
 */
export function rangeInUse(manifest: string, name: string): string | undefined {
  const root = workspaceOf(dirname(manifest));
  const manifests = packagesBelow(root).map(read);
  const ranges = manifests.flatMap(({ dependencies, devDependencies }) =>
    [dependencies, devDependencies].flatMap((section) => textIn(section, name)),
  );
  const used = mostOften(ranges.filter((range) => !isPlace(range)));
  if (used !== undefined) return used;
  const knowsProtocol = existsSync(join(root, pnpm)) || /^(?:pnpm|bun|yarn@[2-9])/.test(managerOf(root));
  if (knowsProtocol && manifests.some((one) => one.name === name)) return "workspace:*";
  return isInCatalog(root, name) ? "catalog:" : undefined;
}

const pnpm = "pnpm-workspace.yaml";

interface Manifest {
  readonly name?: unknown;
  readonly packageManager?: unknown;
  readonly workspaces?: unknown;
  readonly catalog?: unknown;
  readonly dependencies?: unknown;
  readonly devDependencies?: unknown;
}

/** The folder of the workspace, else that of the repository. */
function workspaceOf(folder: string): string {
  for (const at of foldersUp(folder)) {
    const manifest = join(at, "package.json");
    const isRoot =
      existsSync(join(at, pnpm)) || (existsSync(manifest) && read(manifest).workspaces !== undefined);
    if (isRoot || existsSync(join(at, ".git"))) return at;
  }
  return folder;
}

/** Packages lie a few folders deep. */
const deepest = 4;

function packagesBelow(folder: string, depth = 0): readonly string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  const own = entries.some((one) => one.name === "package.json") ? [join(folder, "package.json")] : [];
  if (depth === deepest) return own;
  const inner = entries.filter(
    (one) => one.isDirectory() && !one.name.startsWith(".") && one.name !== "node_modules",
  );
  return [...own, ...inner.flatMap((one) => packagesBelow(join(folder, one.name), depth + 1))];
}

/** One that is broken says nothing: only the one that is to be changed must be in order. */
function read(path: string): Manifest {
  try {
    const content: unknown = JSON.parse(readFileSync(path, "utf8").replace(/^\uFEFF/, ""));
    return typeof content === "object" && content !== null ? content : {};
  } catch {
    return {};
  }
}

function textIn(section: unknown, name: string): readonly string[] {
  const value: unknown =
    typeof section === "object" && section !== null ? Reflect.get(section, name) : undefined;
  return typeof value === "string" ? [value] : [];
}

/** A path that is meant from another folder, or a commit. */
function isPlace(range: string): boolean {
  return /^(?:file|link|portal|patch|git|https?|\.)/.test(range) || range.includes("/");
}

function mostOften(ranges: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const range of ranges) counts.set(range, (counts.get(range) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

function managerOf(root: string): string {
  const manifest = join(root, "package.json");
  return existsSync(manifest) ? String(read(manifest).packageManager ?? "") : "";
}

/** The default catalog of pnpm, or that of bun. */
function isInCatalog(root: string, name: string): boolean {
  const { workspaces, catalog } = existsSync(join(root, "package.json"))
    ? read(join(root, "package.json"))
    : {};
  const ofBun =
    typeof workspaces === "object" && workspaces !== null ? Reflect.get(workspaces, "catalog") : undefined;
  if ([catalog, ofBun].some((one) => textIn(one, name).length > 0)) return true;
  if (!existsSync(join(root, pnpm))) return false;
  const block = /^catalog:[ \t]*\r?\n((?:(?:[ \t]+|#).*\r?\n|[ \t]*\r?\n)*)/m.exec(
    `${readFileSync(join(root, pnpm), "utf8")}\n`,
  )?.[1];
  return (
    block !== undefined &&
    block.split("\n").some((line) => /^\s+["']?([^"':]+)["']?\s*:/.exec(line)?.[1] === name)
  );
}
