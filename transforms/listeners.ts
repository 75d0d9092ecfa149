import type { File, Flags } from "../src/alone.js";
import { adoptEdits } from "../src/rewrite/adopt.js";
import type { Transform } from "../src/types.js";

/** Takes back what another function goes on listening with: `ctx.defer(() => signal.removeEventListener(..))`. */
export const listeners: Transform = { id: "listeners", edits: adoptEdits("listeners") };

/** The same as a jscodeshift transform. */
export default async function transform(
  file: File,
  _api: unknown,
  options: Flags,
): Promise<string | undefined> {
  const { runAlone } = await import("../src/jscodeshift.js");
  return runAlone("listeners", file, options);
}
