import type { Decider } from "./decide.js";
import { planFile } from "./plan/index.js";
import type { FilePlan, Finding, Options } from "./types.js";

/** The plan for a text as if it stood in the file: what a second pass would do. */
export function replan(
  decider: Decider,
  file: { readonly path: string; readonly text: string },
  options: Options,
): FilePlan {
  const decision = decider.decideSource(file);
  if (!decision.ok) throw new Error(`The result cannot be analysed: ${decision.error}`);
  return planFile(decision.decided, options);
}

/** A second pass finds again what was taken back; an ordinal may have moved, so the fingerprint need not be the same. */
export function except(left: readonly Finding[], plan: FilePlan): FilePlan {
  const nameOf = ({ acquisition: { api, symbol } }: Finding): string => `${api}\n${symbol}`;
  const open = left.map(nameOf);
  const findings = plan.findings.filter((finding) => {
    const index = open.indexOf(nameOf(finding));
    if (index >= 0) open.splice(index, 1);
    return index < 0;
  });
  return { ...plan, findings };
}
