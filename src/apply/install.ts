import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { ConfigError, toError } from "../errors.js";
import { ownManifest } from "../manifest.js";
import type { FileOutcome, Install, Options } from "../types.js";
import { rangeInUse } from "./range.js";
import { membersOf, splice, withMember } from "./json-text.js";

const runtime = "resource-context";
const sections = ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"];

/** The package.json files that must name the runtime now that code below them imports it. */
export function planInstalls(files: readonly FileOutcome[], options: Options): readonly Install[] {
  if (!options.install || packageOf(options.runtime) !== runtime) return [];
  return ownersOf(files, options).flatMap((owner) => installIn(owner, options.root));
}

/** Absolute paths of the package.json files that own the changed files. */
export function ownersOf(files: readonly FileOutcome[], { root }: Options): readonly string[] {
  const owners = files.flatMap((file) => {
    const owner =
      file.status === "changed" && file.after.includes(runtime)
        ? ownerOf(dirname(join(root, file.file)))
        : null;
    return owner === null ? [] : [owner];
  });
  return [...new Set(owners)].sort();
}

/** `@scope/name/deep` -> `@scope/name`. */
function packageOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

/** The nearest package.json that is one: a bare `{ "type": "module" }` only sets a flag. */
function ownerOf(folder: string): string | null {
  for (let current = folder; ; current = dirname(current)) {
    const path = join(current, "package.json");
    const content = existsSync(path) ? parse(path) : {};
    if ("name" in content || "dependencies" in content) return path;
    if (current === dirname(current)) return null;
  }
}

function installIn(path: string, root: string): readonly Install[] {
  const content = parse(path);
  const isKnown = sections.some((section) => runtime in record(content[section]));
  if (isKnown || content["name"] === runtime) return [];
  const before = readFileSync(path, "utf8");
  const after = withDependency(before, content, rangeInUse(path, runtime) ?? ownManifest().runtimeRange);
  return [
    {
      file: relative(root, path).split(sep).join("/"),
      before,
      after,
      command: installCommand(dirname(path), content),
    },
  ];
}

function withDependency(text: string, content: Readonly<Record<string, unknown>>, range: string): string {
  const value = JSON.stringify(range);
  const open = text.indexOf("{");
  const members = membersOf(text, open);
  const own = members.find((member) => member.key === "dependencies");
  if (own && Object.keys(record(content["dependencies"])).length > 0)
    return withMember(text, own.valueStart, { key: runtime, value });
  const gap = text.slice(open + 1, members[0]?.keyStart);
  const section = sectionText(gap, value);
  if (own) return text.slice(0, own.valueStart) + section + text.slice(own.valueEnd);
  const dev = members.find((member) => member.key === "devDependencies");
  const added = `"dependencies":${gap === "" ? "" : " "}${section}`;
  if (dev) return splice(text, dev.keyStart, `${added},${gap}`);
  return splice(text, members.at(-1)?.valueEnd ?? open + 1, `,${gap}${added}`);
}

/** `gap` is what separates members at the top level: a line end and one step of indentation, or nothing. */
function sectionText(gap: string, value: string): string {
  if (!gap.includes("\n")) return `{ "${runtime}": ${value} }`;
  const step = gap.slice(gap.lastIndexOf("\n") + 1);
  return `{${gap}${step}"${runtime}": ${value}${gap}}`;
}

const lockfiles: Readonly<Record<string, string>> = {
  "pnpm-lock.yaml": "pnpm install",
  "yarn.lock": "yarn install",
  "bun.lock": "bun install",
  "bun.lockb": "bun install",
  "package-lock.json": "npm install",
  "npm-shrinkwrap.json": "npm install",
};

/** A workspace has its lock file further up. */
function installCommand(folder: string, content: Readonly<Record<string, unknown>>): string {
  const declared = /^(npm|pnpm|yarn|bun)@/.exec(String(content["packageManager"] ?? ""))?.[1];
  if (declared !== undefined) return `${declared} install`;
  for (let current = folder; ; current = dirname(current)) {
    const found = Object.entries(lockfiles).find(([name]) => existsSync(join(current, name)));
    if (found) return found[1];
    if (current === dirname(current)) return "npm install";
  }
}

function parse(path: string): Readonly<Record<string, unknown>> {
  try {
    return record(JSON.parse(readFileSync(path, "utf8").replace(/^\ufeff/, "")));
  } catch (thrown) {
    throw new ConfigError(
      `${path} cannot be read as JSON: ${toError(thrown).message}\nMend it, or pass --no-install to leave it alone.`,
    );
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
