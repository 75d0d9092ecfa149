import type { File, Flags } from "../src/alone.js";
import { importEdits } from "../src/rewrite/imports.js";
import { pipelinesOf } from "../src/rewrite/pipelines.js";
import type { FilePlan, Finding, Fix, RuntimeName, Transform } from "../src/types.js";

/** Imports what the rewritten code uses, and removes the specifiers that it no longer needs. */
export const imports: Transform = {
  id: "imports",
  edits: (plan, source) =>
    importEdits({
      facts: plan.facts,
      source,
      wanted: wantedNames(plan),
      pipes: pipelinesOf(plan).length > 0,
      freed: freedNames(plan),
    }),
};

/** As a jscodeshift transform it completes and merges the imports of the runtime, whoever wrote them. */
export default async function transform(
  file: File,
  _api: unknown,
  options: Flags,
): Promise<string | undefined> {
  const { runAlone } = await import("../src/jscodeshift.js");
  return runAlone("imports", file, options);
}

function wantedNames(plan: FilePlan): readonly RuntimeName[] {
  return [...new Set(plan.findings.flatMap(usedName))].sort();
}

function usedName({ decision }: Finding): readonly RuntimeName[] {
  if (decision.action === "leave" || decision.fix.by === "pipeline") return [];
  return [decision.fix.by === "replace" ? decision.fix.name : "ResourceContext"];
}

function freedNames(plan: FilePlan): readonly string[] {
  const fixes = plan.findings.flatMap(({ decision }) =>
    decision.action === "rewrite" ? [decision.fix] : [],
  );
  return [...pipelinesOf(plan), ...fixes.filter(({ by }) => by !== "pipeline")].flatMap((fix) => {
    const local = freedBy(fix);
    return local === null ? [] : [local];
  });
}

function freedBy(fix: Fix): string | null {
  if (fix.by === "replace" || fix.by === "pipeline") return fix.frees;
  return typeof fix.method !== "string" && "acquire" in fix.method ? fix.method.frees : null;
}
