import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { transpile } from "../analyse/transpile.js";
import type { LoadHook, ResolveHook } from "node:module";

/** Hooks of the loader, in a thread of its own: see `script.ts`. */

const config = /[\\/]resource-codemod\.config\.[cm]?ts$/;

/** `import { defineConfig } from "resource-codemod"` works where the package is not installed: under `npx`, say. */
export const resolve: ResolveHook = async (specifier, context, next) => {
  try {
    return await next(specifier, context);
  } catch (thrown) {
    if (specifier !== "resource-codemod") throw thrown;
    return { url: new URL("../index.js", import.meta.url).href, shortCircuit: true };
  }
};

export const load: LoadHook = async (url, context, next) => {
  if (!url.startsWith("file:") || !config.test(fileURLToPath(url))) return next(url, context);
  const text = await readFile(fileURLToPath(url), "utf8");
  return { format: "module", source: transpile(text), shortCircuit: true };
};
