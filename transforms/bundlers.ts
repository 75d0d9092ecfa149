import type { File, Flags } from "../src/alone.js";
import { adoptEdits } from "../src/rewrite/adopt.js";
import type { Transform } from "../src/types.js";

/** Adopts what bundlers keep: `ctx.adopt(await rolldown(..), (bundle) => bundle.close())`. */
export const bundlers: Transform = { id: "bundlers", edits: adoptEdits("bundlers") };

/** The same as a jscodeshift transform. */
export default async function transform(
  file: File,
  _api: unknown,
  options: Flags,
): Promise<string | undefined> {
  const { runAlone } = await import("../src/jscodeshift.js");
  return runAlone("bundlers", file, options);
}
