import type { File, Flags } from "../src/alone.js";
import { adoptEdits } from "../src/rewrite/adopt.js";
import { pipelineEdits } from "../src/rewrite/pipelines.js";
import type { Transform } from "../src/types.js";

const adopt = adoptEdits("streams");

/** Adopts each stream: `ctx.stream(createWriteStream(..))`; pipes that are waited for become `pipeline(..)`. */
export const streams: Transform = {
  id: "streams",
  edits: (plan, source) => [...adopt(plan, source), ...pipelineEdits(plan, source)],
};

/** The same as a jscodeshift transform. */
export default async function transform(
  file: File,
  _api: unknown,
  options: Flags,
): Promise<string | undefined> {
  const { runAlone } = await import("../src/jscodeshift.js");
  return runAlone("streams", file, options);
}
