import type { File, Flags } from "../src/alone.js";
import { adoptEdits } from "../src/rewrite/adopt.js";
import type { Transform } from "../src/types.js";

/** Adopts each temporary folder and file: `ctx.tempDir(await mkdtemp(..))`. */
export const tempFiles: Transform = { id: "temp-files", edits: adoptEdits("temp-files") };

/** The same as a jscodeshift transform. */
export default async function transform(
  file: File,
  _api: unknown,
  options: Flags,
): Promise<string | undefined> {
  const { runAlone } = await import("../src/jscodeshift.js");
  return runAlone("temp-files", file, options);
}
