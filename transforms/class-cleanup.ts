import type { File, Flags } from "../src/alone.js";
import { classEdits } from "../src/rewrite/class-owner.js";
import type { Transform } from "../src/types.js";

/** Gives each class that stores resources a context of its own, and a method that releases it. */
export const classCleanup: Transform = { id: "class-cleanup", edits: classEdits };

/** The same as a jscodeshift transform. */
export default async function transform(
  file: File,
  _api: unknown,
  options: Flags,
): Promise<string | undefined> {
  const { runAlone } = await import("../src/jscodeshift.js");
  return runAlone("class-cleanup", file, options);
}
