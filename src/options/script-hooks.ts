import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { transpile } from "../analyse/transpile.js";
import type { LoadHook, ResolveHook } from "node:module";

/** Hooks of the loader, in a thread of its own: see `script.ts`. */

const config = /[\\/]resource-codemod\.config\.[cm]?ts$/;
/** What a configuration imports, or names as a transform. */
const own = /^(?!.*[\\/]node_modules[\\/]).*\.[cm]?ts$/;
const isModule = /^\s*(?:import|export)\b/m;

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
  const path = url.startsWith("file:") ? fileURLToPath(url) : "";
  if (!config.test(path) && !own.test(path)) return next(url, context);
  const text = await readFile(path, "utf8");
  const format = config.test(path) || isModule.test(text) ? "module" : "commonjs";
  return { format, source: transpile(text), shortCircuit: true };
};
