import { createHash } from "node:crypto";
import { kinds } from "../catalogue/kinds.js";
import type { FileFacts, FilePlan, Finding, Options, Remark, TransformId } from "../types.js";
import { isApplied } from "./levels.js";

/** Everything known about one file once its sites are decided. */
export interface DecidedFile {
  readonly file: string;
  readonly source: string;
  /** Null in a drift check, where nothing is rewritten. */
  readonly facts: FileFacts | null;
  readonly findings: readonly Finding[];
  /** Suppressing comments that are wrong or accept nothing. */
  readonly remarks: readonly Remark[];
}

/** The findings that the options let through, as a plan that `rewrite` can carry out. */
export function planFile(
  { file, source, facts, findings }: DecidedFile,
  options: Pick<Options, "safety">,
): FilePlan {
  if (facts === null) throw new Error(`${file}: a drift check plans no rewrite.`);
  const applied = findings.filter((finding) => isApplied(finding, options.safety));
  return { file, sourceHash: hashOf(source), facts, findings: applied };
}

export function hashOf(source: string | Uint8Array): string {
  return createHash("sha256").update(source).digest("hex");
}

/** Whether the user asked for the kind of resource that a finding is about. */
export function isSelected({ acquisition }: Finding, transforms: readonly TransformId[]): boolean {
  return transforms.includes(kinds[acquisition.kind].transform);
}
