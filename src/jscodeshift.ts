import { createRequire } from "node:module";
import type { File, Flags } from "./alone.js";
import type { TransformId } from "./types.js";

/** One transform over one file, for jscodeshift's runner: the new text, or undefined for "no change". */
export async function runAlone(id: TransformId, file: File, flags: Flags): Promise<string | undefined> {
  releaseBabel();
  const { transformAlone } = await import("./alone.js");
  return transformAlone(id, file, flags);
}

/**
 * The runner compiles whatever its transforms load with Babel, dependencies included, and Babel's
 * settings there do not know static class blocks. What we load is plain JavaScript: take the hook out.
 */
function releaseBabel(): void {
  for (const [name, loaded] of Object.entries(createRequire(import.meta.url).cache)) {
    const hook: unknown = /[\\/]@babel[\\/]register[\\/]lib[\\/]index\.c?js$/.test(name)
      ? loaded?.exports
      : undefined;
    if (isHook(hook)) hook.revert();
  }
}

/** The module is a function with members. */
function isHook(value: unknown): value is { readonly revert: () => void } {
  return typeof value === "function" && "revert" in value && typeof value.revert === "function";
}
