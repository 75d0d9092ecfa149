import type { File, Flags } from "../src/alone.js";
import { scopeEdits } from "../src/rewrite/scopes.js";
import type { Transform } from "../src/types.js";

/** Gives each function or loop body that acquires one context of its own, released at its end. */
export const asyncFunctions: Transform = { id: "async-functions", edits: scopeEdits };

/** The same as a jscodeshift transform. */
export default async function transform(
  file: File,
  _api: unknown,
  options: Flags,
): Promise<string | undefined> {
  const { runAlone } = await import("../src/jscodeshift.js");
  return runAlone("async-functions", file, options);
}
