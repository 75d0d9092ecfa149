import type { File, Flags } from "../src/alone.js";
import { adoptEdits } from "../src/rewrite/adopt.js";
import type { Transform } from "../src/types.js";

/** Adopts clients, their pools and connections: `ctx.adopt(new Client(..), (client) => client.close())`. */
export const clients: Transform = { id: "clients", edits: adoptEdits("clients") };

/** The same as a jscodeshift transform. */
export default async function transform(
  file: File,
  _api: unknown,
  options: Flags,
): Promise<string | undefined> {
  const { runAlone } = await import("../src/jscodeshift.js");
  return runAlone("clients", file, options);
}
