import type { File, Flags } from "../src/alone.js";
import { gapBefore } from "../src/rewrite/style.js";
import type { Edit, FilePlan, Finding, Transform } from "../src/types.js";

/** Makes each file write atomic: `writeFile(..)` -> `atomicWriteFile(..)`, with the same arguments. */
export const fileWrites: Transform = {
  id: "file-writes",
  edits: (plan, source) => plan.findings.flatMap((finding) => replaceCallee(finding, plan, source)),
};

/** The same as a jscodeshift transform. */
export default async function transform(
  file: File,
  _api: unknown,
  options: Flags,
): Promise<string | undefined> {
  const { runAlone } = await import("../src/jscodeshift.js");
  return runAlone("file-writes", file, options);
}

function replaceCallee({ decision }: Finding, plan: FilePlan, source: string): readonly Edit[] {
  if (decision.action === "leave" || decision.fix.by !== "replace") return [];
  const { callee, name } = decision.fix;
  return [{ op: "replace", span: callee, text: gapBefore(source, callee.start) + plan.facts.names[name] }];
}
