import type { Edit, FilePlan, Fix } from "../types.js";

type Pipeline = Extract<Fix, { readonly by: "pipeline" }>;

/** Each chain of pipes once, however many of its streams were found. */
export function pipelinesOf({ findings }: FilePlan): readonly Pipeline[] {
  const found = new Map<number, Pipeline>();
  for (const { decision } of findings)
    if (decision.action === "rewrite" && decision.fix.by === "pipeline")
      found.set(decision.fix.span.start, decision.fix);
  return [...found.values()];
}

/** `pipeline(a, b)` in the place of the code that connected the streams and waited for the last of them. */
export function pipelineEdits(plan: FilePlan, source: string): readonly Edit[] {
  return pipelinesOf(plan).map(({ span, waits, streams }) => {
    const given = streams.map(({ start, end }) => source.slice(start, end)).join(", ");
    const text = `${waits ? "await " : ""}${plan.facts.names.pipeline}(${given})`;
    return { op: "replace", span, text };
  });
}
