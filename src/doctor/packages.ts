import { dirname, extname, join, relative, sep } from "node:path";
import { installCommand, sections } from "../apply/install.js";
import { ownerOf, packageAt, runtimePackage, type PackageJson } from "../apply/owners.js";
import { Projects } from "../discover/project.js";
import { isRecord } from "../json.js";
import { isApplied } from "../plan/levels.js";
import type { FileOutcome, Options } from "../types.js";
import type { PackageHealth } from "./health.js";

/** The packages that own files with sites, those with the most changes first. */
export function packagesOf(files: readonly FileOutcome[], options: Options): readonly PackageHealth[] {
  const owners = new Map<string, FileOutcome[]>();
  for (const file of files) {
    const owner = file.findings.length === 0 ? null : ownerOf(dirname(join(options.root, file.file)));
    if (owner !== null) owners.set(owner, [...(owners.get(owner) ?? []), file]);
  }
  return [...owners]
    .map(([manifest, own]) => healthOf(manifest, own, options))
    .sort((one, other) => other.changes - one.changes || (one.manifest < other.manifest ? -1 : 1));
}

function healthOf(manifest: string, files: readonly FileOutcome[], options: Options): PackageHealth {
  const content = packageAt(manifest);
  const findings = files.flatMap((file) => file.findings);
  return {
    manifest: relative(options.root, manifest).split(sep).join("/"),
    command: installCommand(dirname(manifest), content),
    runtime: rangeOf(content),
    changes: findings.filter((finding) => isApplied(finding, options.safety)).length,
    scopes: scopesOf(files, options),
  };
}

function rangeOf(content: PackageJson): string | null {
  if (content["name"] === runtimePackage) return "itself";
  for (const name of sections) {
    const section = content[name];
    if (isRecord(section) && runtimePackage in section) return String(section[runtimePackage]);
  }
  return null;
}

/** Each form with its reason once, with the extensions that it holds for. */
function scopesOf(files: readonly FileOutcome[], options: Options): PackageHealth["scopes"] {
  const projects = new Projects(options);
  const scopes = new Map<string, PackageHealth["scopes"][number]>();
  for (const { file } of files) {
    const scope = projects.scopeFor(file);
    const key = `${scope.form} ${scope.because}`;
    const extensions = new Set([...(scopes.get(key)?.files.split(", ") ?? []), extname(file)]);
    scopes.set(key, { ...scope, files: [...extensions].sort().join(", ") });
  }
  return [...scopes.values()];
}
