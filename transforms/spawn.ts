import type { File, Flags } from "../src/alone.js";
import { closing, opening } from "../src/rewrite/order.js";
import { gapBefore } from "../src/rewrite/style.js";
import type { Edit, FilePlan, Finding, Span, Transform } from "../src/types.js";

/** Adopts each child process: `ctx.process(spawn(..))`. The call itself stays as it is. */
export const spawn: Transform = {
  id: "spawn",
  edits: (plan, source) => plan.findings.flatMap((finding) => adopt(finding, plan, source)),
};

/** The same as a jscodeshift transform. */
export default async function transform(
  file: File,
  _api: unknown,
  options: Flags,
): Promise<string | undefined> {
  const { runAlone } = await import("../src/jscodeshift.js");
  return runAlone("spawn", file, options);
}

function adopt({ decision }: Finding, plan: FilePlan, source: string): readonly Edit[] {
  if (decision.action === "leave" || decision.transform !== "spawn") return [];
  const { fix } = decision;
  if (fix.by === "replace") return [];
  const owner = fix.by === "root" ? `${plan.facts.names.ResourceContext}.root` : fix.scope.contextName;
  return wrap(fix.call, `${gapBefore(source, fix.call.start)}${owner}.${fix.method}(`);
}

function wrap(call: Span, head: string): readonly Edit[] {
  return [
    { op: "insert", at: call.start, text: head, order: opening(call, 0) },
    { op: "insert", at: call.end, text: ")", order: closing(call, 0) },
  ];
}
