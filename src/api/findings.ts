import { createSyncFn } from "synckit";
import { ConfigError } from "../errors.js";
import type { SourceFindings, SourceOptions, SourceText } from "./open-project.js";

/** What the worker answers: errors of the user come back as what they are. */
export type Answer =
  | { readonly ok: true; readonly value: SourceFindings }
  | { readonly ok: false; readonly isConfig: boolean; readonly message: string };

let ask: ((source: SourceText, options: SourceOptions) => Answer) | undefined;

/**
 * The findings of one text as the command would have them if it stood in the file, with the edits of each rewrite.
 * Synchronous, for editors and linters: the work is done in a worker thread, which keeps what it knows about the project.
 * @throws ConfigError when an option or the configuration is wrong; it says what to do.
 */
export function findingsIn(source: SourceText, options: SourceOptions = {}): SourceFindings {
  ask ??= createSyncFn(new URL("./findings-worker.js", import.meta.url));
  const answer = ask(source, options);
  if (answer.ok) return answer.value;
  throw answer.isConfig ? new ConfigError(answer.message) : new Error(answer.message);
}
