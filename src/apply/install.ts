import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { ownManifest } from "../manifest.js";
import type { FileOutcome, Install, Options } from "../types.js";
import { membersOf, splice, withMember } from "../json-text.js";
import { type Changed, ownersOf, packageAt, type PackageJson, runtimePackage, sectionOf } from "./owners.js";
import { rangeInUse } from "./range.js";
import { packageOf, sectionFor } from "./section.js";
import { foldersUp } from "../folders.js";

export const sections = ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"];

/** The package.json files that must name the runtime now that code below them imports it. */
export function planInstalls(files: readonly FileOutcome[], options: Options): readonly Install[] {
  if (!options.install || packageOf(options.runtime) !== runtimePackage) return [];
  return [...ownersOf(files, options)].flatMap(([path, changed]) => installIn(path, changed, options.root));
}

function installIn(path: string, changed: readonly Changed[], root: string): readonly Install[] {
  const content = packageAt(path);
  const isKnown = sections.some((section) => runtimePackage in sectionOf(content, section));
  if (isKnown || content["name"] === runtimePackage) return [];
  const before = readFileSync(path, "utf8");
  const range = rangeInUse(path, runtimePackage) ?? ownManifest().runtimeRange;
  const after =
    sectionFor(changed, content) === "devDependencies"
      ? withDevelopment(before, JSON.stringify(range))
      : withDependency(before, content, JSON.stringify(range));
  return [
    {
      file: relative(root, path).split(sep).join("/"),
      before,
      after,
      command: installCommand(dirname(path), content),
    },
  ];
}

function withDevelopment(text: string, value: string): string {
  const section = membersOf(text, text.indexOf("{")).find(({ key }) => key === "devDependencies");
  if (section === undefined) throw new Error("Only a section that holds something is chosen.");
  return withMember(text, section.valueStart, { key: runtimePackage, value });
}

function withDependency(text: string, content: PackageJson, value: string): string {
  const open = text.indexOf("{");
  const members = membersOf(text, open);
  const own = members.find((member) => member.key === "dependencies");
  if (own && Object.keys(sectionOf(content, "dependencies")).length > 0)
    return withMember(text, own.valueStart, { key: runtimePackage, value });
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
  if (!gap.includes("\n")) return `{ "${runtimePackage}": ${value} }`;
  const step = gap.slice(gap.lastIndexOf("\n") + 1);
  return `{${gap}${step}"${runtimePackage}": ${value}${gap}}`;
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
export function installCommand(folder: string, content: PackageJson): string {
  const declared = /^(npm|pnpm|yarn|bun)@/.exec(String(content["packageManager"] ?? ""))?.[1];
  if (declared !== undefined) return `${declared} install`;
  for (const current of foldersUp(folder)) {
    const found = Object.entries(lockfiles).find(([name]) => existsSync(join(current, name)));
    if (found) return found[1];
  }
  return "npm install";
}
