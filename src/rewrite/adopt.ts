import type { Acquiring, Method, Signalling, Taking, TakingWith } from "../fixes.js";
import type { Edit, FilePlan, Finding, Fix, HandOver, Span, TransformId } from "../types.js";
import { closing, type Layer, opening } from "./order.js";
import { extraIndentAt } from "./scopes.js";
import { type Place, statementBefore, statementBehind } from "./statement.js";
import { gapBefore } from "./style.js";

/** The edits of a transform that adopts resources where they are acquired: the call itself stays as it is. */
export function adoptEdits(id: TransformId): (plan: FilePlan, source: string) => readonly Edit[] {
  return (plan, source) => plan.findings.flatMap((finding) => adopt(finding, { id, plan, source }));
}

interface Request {
  readonly id: TransformId;
  readonly plan: FilePlan;
  readonly source: string;
}

function adopt({ decision }: Finding, request: Request): readonly Edit[] {
  if (decision.action === "leave" || decision.transform !== request.id) return [];
  const { fix } = decision;
  if (fix.by === "replace" || fix.by === "pipeline") return [];
  const handOvers = fix.by === "guard" ? fix.handOvers : [];
  const context = fix.by === "guard" ? fix.scope.contextName : "";
  return [...taken(fix, request), ...handOvers.flatMap((one) => handOver(one, context, request))];
}

function taken(fix: Exclude<Fix, { by: "replace" | "pipeline" }>, request: Request): readonly Edit[] {
  const { source, plan } = request;
  if (isAcquiring(fix.method)) return [acquiring(fix.method, ownerOf(fix, plan), source)];
  if (isSignalling(fix.method)) {
    const { at, before, after } = fix.method;
    const text = `${before}${ownerOf(fix, plan)}${after}`;
    return [{ op: "insert", at, text, order: closing(fix.handle, 0) }];
  }
  const { name, rest } = takingCall(fix.method);
  const head = `${ownerOf(fix, plan)}.${name}(`;
  const { statement } = fix.handle;
  if (statement !== null) {
    const text = `${head}${statement.name}${rest})`;
    const name: readonly Edit[] = statement.declares
      ? [
          {
            op: "insert",
            at: statement.from,
            text: `const ${statement.name} = `,
            order: opening(fix.handle, 1),
          },
        ]
      : [];
    return [...name, statementBehind(text, statement.from, placeOf(statement.at, request))];
  }
  const { parens } = fix.handle;
  if (parens !== null)
    return [
      {
        op: "insert",
        at: parens.start,
        text: gapBefore(source, parens.start) + head.slice(0, -1),
        order: opening(parens, 0),
      },
      ...(rest === ""
        ? []
        : [{ op: "insert", at: fix.handle.end, text: rest, order: closing(fix.handle, 0) } as const]),
    ];
  return wrap(fix.handle, {
    head: gapBefore(source, fix.handle.start) + head,
    tail: `${rest})`,
    layer: 0,
  });
}

function isAcquiring(method: Method): method is Acquiring {
  return typeof method !== "string" && "acquire" in method;
}

function isSignalling(method: Method): method is Signalling {
  return typeof method !== "string" && "before" in method;
}

function acquiring({ callee, acquire }: Acquiring, owner: string, source: string): Edit {
  return { op: "replace", span: callee, text: `${gapBefore(source, callee.start)}${owner}.${acquire}` };
}

function placeOf(at: number, { source, plan }: Request): Place {
  return { source, at, extra: extraIndentAt(at, plan, source) };
}

function ownerOf(fix: Exclude<Fix, { by: "replace" | "pipeline" }>, plan: FilePlan): string {
  if (fix.by === "root") return `${plan.facts.names.ResourceContext}.root`;
  return fix.by === "class" ? `this.${fix.owner.field}` : fix.scope.contextName;
}

function takingCall(method: Taking | TakingWith): { readonly name: string; readonly rest: string } {
  if (typeof method === "string") return { name: method, rest: "" };
  return "release" in method
    ? { name: "adopt", rest: `, ${method.release}` }
    : { name: method.method, rest: `, ${method.options}` };
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

function handOver(one: HandOver, context: string, request: Request): readonly Edit[] {
  const { source } = request;
  if (one.how === "wrap") {
    const head = `${gapBefore(source, one.span.start)}${context}.disown(`;
    return wrap(one.span, { head, tail: ")", layer: 1 });
  }
  const text = `${context}.disown(${one.name})`;
  const place = placeOf(one.at, request);
  if (one.how === "before") return [statementBefore(text, place)];
  if (one.keeps === null) return [statementBehind(text, one.from, place)];
  const { name, rest } = takingCall(one.keeps);
  const root = `${request.plan.facts.names.ResourceContext}.root`;
  return [statementBehind(`${root}.${name}(${text}${rest})`, one.from, place)];
}
