import path from "node:path";
import { check } from "./check/check.js";
import { toError } from "./errors.js";
import { format } from "./format/format.js";
import type { DecidedFile } from "./plan/index.js";
import { rewrite } from "./rewrite/rewrite.js";
import type { FileOutcome, FilePlan, Options, Stage } from "./types.js";

export interface ChangeRequest {
  readonly decided: DecidedFile;
  readonly plan: FilePlan;
  readonly options: Options;
  /** Plans a text as if it stood in the file: the second pass must have nothing left to do. */
  readonly replan: (source: string) => FilePlan;
}

/** rewrite -> format -> check for one file. What fails is reported as failed, and the file stays as it is. */
export async function changeFile(request: ChangeRequest): Promise<FileOutcome> {
  const { decided, plan, options, replan } = request;
  const { file, source, findings } = decided;
  if (plan.findings.length === 0) return { status: "unchanged", file, findings };
  let stage: Stage = "rewrite";
  try {
    const rewritten = rewrite(plan, source);
    stage = "format";
    const { text } = await format({
      path: path.join(options.root, file),
      before: source,
      rewritten,
      style: options.format,
    });
    stage = "check";
    const checked = await check(
      { plan, before: source, rewritten, after: text },
      { verify: options.verify, replan },
    );
    if (!checked.ok) return { status: "failed", file, findings, stage, error: checked.error };
    return text === source
      ? { status: "unchanged", file, findings }
      : { status: "changed", file, findings, before: source, after: text };
  } catch (thrown) {
    return { status: "failed", file, findings, stage, error: toError(thrown).message };
  }
}
