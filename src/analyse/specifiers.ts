import { ts } from "ts-morph";
import type { Origin } from "./origins.js";

export function moduleOrigin(specifier: string, name: string | null): Origin {
  return {
    module: specifier.replace(/^node:/, ""),
    path: normalPath(name === null ? [] : [name]),
    promisified: false,
    isPassedOn: false,
  };
}

/** `import fs from "fs"` and `import * as fs from "fs"` name the same thing, and so does `fs.default`. */
export function normalPath(path: readonly string[]): readonly string[] {
  return path.filter((name) => name !== "default");
}

/** `import x = require("..")` */
export function importEquals(node: ts.ImportEqualsDeclaration): Origin | undefined {
  const reference = node.moduleReference;
  if (!ts.isExternalModuleReference(reference) || !ts.isStringLiteralLike(reference.expression))
    return undefined;
  return moduleOrigin(reference.expression.text, null);
}

export function isProjectModule(specifier: string): boolean {
  return specifier.startsWith("./") || specifier.startsWith("../") || specifier === "." || specifier === "..";
}
