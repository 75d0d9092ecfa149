import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { isRecord } from "./json.js";
import { foldersUp } from "./folders.js";

/** What this package says about itself. */
export interface Manifest {
  readonly version: string;
  /** The range of the runtime that this version was built against. */
  readonly runtimeRange: string;
}

/** Reads our own package.json; it lies at another depth above the sources than above the build. */
export function ownManifest(): Manifest {
  return ownPackage().manifest;
}

/** The folder of this package: its documentation lies there. */
export function ownFolder(): string {
  return ownPackage().folder;
}

function ownPackage(): { readonly folder: string; readonly manifest: Manifest } {
  for (const folder of foldersUp(dirname(fileURLToPath(import.meta.url)))) {
    const manifest = manifestIn(folder);
    if (manifest) return { folder, manifest };
  }
  throw new Error("The package.json of resource-codemod is missing.");
}

function manifestIn(folder: string): Manifest | null {
  const text = readIfAny(join(folder, "package.json"));
  const content: unknown = text === null ? null : JSON.parse(text);
  if (!isRecord(content) || content["name"] !== "resource-codemod" || !isRecord(content["dependencies"]))
    return null;
  return {
    version: String(content["version"]),
    runtimeRange: String(content["dependencies"]["resource-context"]),
  };
}

function readIfAny(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
