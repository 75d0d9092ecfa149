import type { File, Flags } from "../src/alone.js";
import { importEdits } from "../src/rewrite/imports.js";
import type { FilePlan, Finding, Fix, RuntimeName, Transform } from "../src/types.js";

/** Imports what the rewritten code uses, and removes the specifiers that it no longer needs. */
export const imports: Transform = {
  id: "imports",
  edits: (plan, source) =>
    importEdits({ facts: plan.facts, source, wanted: wantedNames(plan), freed: freedNames(plan) }),
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
  if (decision.action === "leave") return [];
  return [decision.fix.by === "replace" ? decision.fix.name : "ResourceContext"];
}

function freedNames(plan: FilePlan): readonly string[] {
  return plan.findings.flatMap(({ decision }) => {
    const local = decision.action === "rewrite" ? freedBy(decision.fix) : null;
    return local === null ? [] : [local];
  });
}

function freedBy(fix: Fix): string | null {
  if (fix.by === "replace") return fix.frees;
  return typeof fix.method !== "string" && "acquire" in fix.method ? fix.method.frees : null;
}
