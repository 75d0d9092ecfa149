import type { File, Flags } from "../src/alone.js";
import { adoptEdits } from "../src/rewrite/adopt.js";
import type { Transform } from "../src/types.js";

/** Adopts each client socket: `ctx.socket(connect(..))`. */
export const sockets: Transform = { id: "sockets", edits: adoptEdits("sockets") };

/** The same as a jscodeshift transform. */
export default async function transform(
  file: File,
  _api: unknown,
  options: Flags,
): Promise<string | undefined> {
  const { runAlone } = await import("../src/jscodeshift.js");
  return runAlone("sockets", file, options);
}
