import { isBuiltin } from "node:module";
import type { Changed, PackageJson } from "./owners.js";
import { sectionOf } from "./owners.js";

export type Section = "dependencies" | "devDependencies";

/**
 * Where the runtime belongs: beside the other packages that the changed files load. Scripts of a project, and code that
 * a bundler takes in, have theirs in `devDependencies`.
 */
export function sectionFor(files: readonly Changed[], content: PackageJson): Section {
  const isDevelopment = (file: Changed): boolean => {
    const loaded = packagesIn(file.before);
    const isIn = (...sections: readonly string[]): boolean =>
      sections.some((section) => loaded.some((name) => name in sectionOf(content, section)));
    if (isIn("dependencies", "peerDependencies", "optionalDependencies")) return false;
    return isIn("devDependencies") || hasNothingElse(content);
  };
  return files.every(isDevelopment) ? "devDependencies" : "dependencies";
}

/** The package that holds a monorepo together, or one that nobody installs. */
function hasNothingElse(content: PackageJson): boolean {
  const isPrivate = content["private"] === true && !("dependencies" in content);
  return isPrivate && Object.keys(sectionOf(content, "devDependencies")).length > 0;
}

const loading =
  /^[ \t]*(?:import|export)\s(?!type\s)[^;'"]*?from\s*["']([^"'.][^"']*)["']|^[ \t]*import\s*["']([^"'.][^"']*)["']|\b(?:require|import)\(\s*["']([^"'.][^"']*)["']\s*\)/gm;

/** Names of the packages that a text loads. */
function packagesIn(text: string): readonly string[] {
  const specifiers = [...text.matchAll(loading)].map(
    ([, from, bare, called]) => from ?? bare ?? called ?? "",
  );
  return [...new Set(specifiers.filter((one) => one !== "" && !isBuiltin(one)).map(packageOf))];
}

/** `@scope/name/deep` -> `@scope/name`. */
export function packageOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}
