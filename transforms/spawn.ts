import type { File, Flags } from "../src/alone.js";
import { adoptEdits } from "../src/rewrite/adopt.js";
import type { Transform } from "../src/types.js";

/** Adopts each child process: `ctx.process(spawn(..))`. The call itself stays as it is. */
export const spawn: Transform = { id: "spawn", edits: adoptEdits("spawn") };

/** The same as a jscodeshift transform. */
export default async function transform(
  file: File,
  _api: unknown,
  options: Flags,
): Promise<string | undefined> {
  const { runAlone } = await import("../src/jscodeshift.js");
  return runAlone("spawn", file, options);
}
