import type { ClassOwner, Edit, FilePlan } from "../types.js";
import { indentAt, isFirstOnLine } from "./lines.js";
import { declaration } from "./order.js";
import { eolAt, indentUnit, usesSemicolons } from "./style.js";

/** One context and one closing method per class, however many fields it owns. */
export function classEdits(plan: FilePlan, source: string): readonly Edit[] {
  const owners = new Map<number, ClassOwner>();
  for (const { decision } of plan.findings)
    if (decision.action === "rewrite" && decision.fix.by === "class")
      owners.set(decision.fix.owner.span.start, decision.fix.owner);
  return [...owners.values()].flatMap((owner) => ownerEdits(owner, plan, source));
}

function ownerEdits(owner: ClassOwner, { file, facts }: FilePlan, source: string): readonly Edit[] {
  const shape = shapeOf(owner, source);
  const isTyped = /\.[cm]?tsx?$/.test(file);
  const type = facts.names.ResourceContext;
  const field = `${fieldHead(owner, isTyped)} = new ${type}()${shape.end}`;
  const edits: Edit[] = [];
  if (!owner.isDeclared)
    edits.push({ op: "insert", at: owner.open, text: shape.line + field, order: declaration });
  if (owner.close.by === "add") {
    const head = `async [Symbol.asyncDispose]()${isTyped ? ": Promise<void>" : ""} {`;
    const body = `${shape.line}${shape.step}await this.${owner.field}.disposeAsync()${shape.end}`;
    const blank = eolAt(source, owner.open);
    const text = `${blank}${shape.line}${head}${body}${shape.line}}`;
    edits.push({ op: "insert", at: owner.close.at, text, order: declaration });
  }
  return edits;
}

function fieldHead({ field }: ClassOwner, isTyped: boolean): string {
  if (!isTyped) return field;
  return field.startsWith("#") ? `readonly ${field}` : `private readonly ${field}`;
}

interface Shape {
  /** Line break and indentation of a member. */
  readonly line: string;
  readonly step: string;
  readonly end: ";" | "";
}

function shapeOf({ span, open, firstMember }: ClassOwner, source: string): Shape {
  const step = indentUnit(source, span, firstMember ?? open);
  const isOnOwnLine = firstMember !== null && isFirstOnLine(source, firstMember);
  const indent = isOnOwnLine ? indentAt(source, firstMember) : indentAt(source, span.start) + step;
  return {
    line: eolAt(source, open) + indent,
    step,
    end: usesSemicolons(source, span) ? ";" : "",
  };
}
