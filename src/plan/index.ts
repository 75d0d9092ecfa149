import { createHash } from "node:crypto";
import type { FileFacts, FilePlan, Finding, Fix, Options, TransformId } from "../types.js";
import { isApplied } from "./levels.js";

/** Everything known about one file once its sites are decided. */
export interface DecidedFile {
  readonly file: string;
  readonly source: string;
  readonly facts: FileFacts;
  readonly findings: readonly Finding[];
}

/** The findings that the options let through, as a plan that `rewrite` can carry out. */
export function planFile(
  { file, source, facts, findings }: DecidedFile,
  options: Pick<Options, "safety" | "transforms">,
): FilePlan {
  const isSelected = (finding: Finding): boolean =>
    transformsOf(finding).every((id) => options.transforms.includes(id));
  return {
    file,
    sourceHash: hashOf(source),
    facts,
    findings: findings.filter((finding) => isApplied(finding, options.safety) && isSelected(finding)),
  };
}

export function hashOf(source: string): string {
  return createHash("sha256").update(source).digest("hex");
}

/** The concerns that a rewrite needs besides its import: leaving one out leaves the whole site out. */
function transformsOf({ decision }: Finding): readonly TransformId[] {
  if (decision.action === "leave") return [];
  return needsScope(decision.fix) ? [decision.transform, "async-functions"] : [decision.transform];
}

function needsScope(fix: Fix): boolean {
  return fix.by === "scope";
}
