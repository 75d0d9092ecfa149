import { readFileSync } from "node:fs";

/** Version of this package, which is that of `resource-codemod` as well. */
export const version = versionIn(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

function versionIn(text: string): string {
  const manifest: { readonly version: string } = JSON.parse(text);
  return manifest.version;
}

/** A page of the documentation of this version, as it lies in the package. */
export function pageOf(path: string): string {
  return `https://unpkg.com/resource-codemod@${version}/docs/${path}`;
}
