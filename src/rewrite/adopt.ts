import type { Taking } from "../fixes.js";
import type { Edit, FilePlan, Finding, Fix, HandOver, Span, TransformId } from "../types.js";
import { closing, declaration, type Layer, opening } from "./order.js";
import { eolAt, gapBefore, usesSemicolons } from "./style.js";
import { indentAt, isFirstOnLine } from "./lines.js";
import { extraIndentAt } from "./scopes.js";

/** The edits of a transform that adopts resources where they are acquired: the call itself stays as it is. */
export function adoptEdits(id: TransformId): (plan: FilePlan, source: string) => readonly Edit[] {
  return (plan, source) => plan.findings.flatMap((finding) => adopt(finding, { id, plan, source }));
}

interface Request {
  readonly id: TransformId;
  readonly plan: FilePlan;
  readonly source: string;
}

function adopt({ decision }: Finding, { id, plan, source }: Request): readonly Edit[] {
  if (decision.action === "leave" || decision.transform !== id) return [];
  const { fix } = decision;
  if (fix.by === "replace") return [];
  const { name, rest } = takingCall(fix.method);
  const head = `${gapBefore(source, fix.handle.start)}${ownerOf(fix, plan)}.${name}(`;
  const handOvers = fix.by === "guard" ? fix.handOvers : [];
  return [
    ...wrap(fix.handle, { head, tail: `${rest})`, layer: 0 }),
    ...handOvers.flatMap((one) =>
      handOver(one, fix.by === "guard" ? fix.scope.contextName : "", { plan, source }),
    ),
  ];
}

function ownerOf(fix: Exclude<Fix, { by: "replace" }>, plan: FilePlan): string {
  if (fix.by === "root") return `${plan.facts.names.ResourceContext}.root`;
  return fix.by === "class" ? `this.${fix.owner.field}` : fix.scope.contextName;
}

function takingCall(method: Taking): { readonly name: string; readonly rest: string } {
  return typeof method === "string"
    ? { name: method, rest: "" }
    : { name: "adopt", rest: `, ${method.release}` };
}

interface Wrapping {
  readonly head: string;
  readonly tail: string;
  readonly layer: Layer;
}

function wrap(span: Span, { head, tail, layer }: Wrapping): readonly Edit[] {
  return [
    { op: "insert", at: span.start, text: head, order: opening(span, layer) },
    { op: "insert", at: span.end, text: tail, order: closing(span, layer) },
  ];
}

function handOver(
  one: HandOver,
  context: string,
  { plan, source }: Pick<Request, "plan" | "source">,
): readonly Edit[] {
  if (one.how === "wrap")
    return wrap(one.span, {
      head: `${gapBefore(source, one.span.start)}${context}.disown(`,
      tail: ")",
      layer: 1,
    });
  const end = usesSemicolons(source, null) || !isFirstOnLine(source, one.at) ? ";" : "";
  const line = (): string =>
    eolAt(source, one.at) + indentAt(source, one.at) + extraIndentAt(one.at, plan, source);
  const gap = isFirstOnLine(source, one.at) ? line() : " ";
  const text = `${context}.disown(${one.name})${end}${gap}`;
  return [{ op: "insert", at: one.at, text, order: declaration }];
}
