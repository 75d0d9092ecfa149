import { join } from "node:path";
import type { FileOutcome, Install, Options, Progress } from "../types.js";
import { guard } from "./guard.js";
import { commit, type Change } from "./commit.js";
import { preflight } from "./preflight.js";

export interface Results {
  readonly files: readonly FileOutcome[];
  readonly installs: readonly Install[];
  readonly progress: Progress;
}

/**
 * Writes every change or none, and nothing at all unless the mode is `write`.
 * @throws RefusedError before anything is written, when the tree is not in a state for it.
 */
export async function apply({ files, installs, progress }: Results, options: Options): Promise<void> {
  if (options.mode !== "write") return;
  const changed = files.flatMap((file) => (file.status === "changed" ? [file] : []));
  const changes = [...changed, ...installs].map(({ file, before, after }): Change => {
    return { file, path: join(options.root, file), before, after };
  });
  if (changes.length === 0) return;
  await guard(changes, options);
  preflight(changes);
  const signal = options.signal ?? new AbortController().signal;
  await commit(changes, { signal, onDone: (done) => progress("apply", done, changes.length) });
}
