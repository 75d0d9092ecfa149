import { codeOf } from "../components.js";
import type { ClassOwner, Edit, FilePlan } from "../types.js";
import { indentAt, isFirstOnLine } from "./lines.js";
import { declaration } from "./order.js";
import { eolAt, indentUnit, usesSemicolons } from "./style.js";

/** One context per class, however many fields it owns, and each closing method extended once. */
export function classEdits(plan: FilePlan, source: string): readonly Edit[] {
  const classes = new Map<number, readonly ClassOwner[]>();
  for (const { decision } of plan.findings) {
    if (decision.action !== "rewrite" || decision.fix.by !== "class") continue;
    const { owner } = decision.fix;
    classes.set(owner.span.start, [...(classes.get(owner.span.start) ?? []), owner]);
  }
  return [...classes.values()].flatMap((owners) => ownerEdits(owners, plan, source));
}

function ownerEdits(
  owners: readonly ClassOwner[],
  { file, facts }: FilePlan,
  source: string,
): readonly Edit[] {
  const [owner] = owners;
  if (owner === undefined) return [];
  const isRenewed = owners.some((one) => one.isRenewed);
  const ground: Ground = {
    ...shapeOf(owner, source),
    field: owner.field,
    type: facts.names.ResourceContext,
    isTyped: /\.[cm]?tsx?$/.test(codeOf(file, source).name),
  };
  const field = `${fieldHead(ground, isRenewed)} = new ${ground.type}()${ground.end}`;
  const closes = new Map(
    owners.map((one) => [`${one.close.by} ${one.close.by === "none" ? "" : one.close.at}`, one.close]),
  );
  return [
    ...(owner.isDeclared
      ? []
      : [insertion(owner.open, ground.line + field + (owner.beginsWithMethod ? ground.eol : ""))]),
    ...[...closes.values()].flatMap((close) => closeEdits(close, ground, source)),
  ];
}

function closeEdits(close: ClassOwner["close"], ground: Ground, source: string): readonly Edit[] {
  if (close.by === "none") return [];
  if (close.by === "extend") return [insertion(close.at, releaseLines(close, ground, source))];
  return [insertion(close.at, disposer(close.callsSuper, ground))];
}

function disposer(callsSuper: boolean, { line, step, end, field, eol, isTyped }: Ground): string {
  const head = `async [Symbol.asyncDispose]()${isTyped ? ": Promise<void>" : ""} {`;
  const own = `await this.${field}.disposeAsync()${end}`;
  if (!callsSuper) return `${eol}${line}${head}${line}${step}${own}${line}}`;
  const inner = line + step;
  const above = `await super[Symbol.asyncDispose]()${end}`;
  const body = `${inner}try {${inner}${step}${own}${inner}} finally {${inner}${step}${above}${inner}}`;
  return `${eol}${line}${isTyped ? "override " : ""}${head}${body}${line}}`;
}

function releaseLines(
  { at, waits, renews }: Extract<ClassOwner["close"], { by: "extend" }>,
  { field, type, end, eol }: Ground,
  source: string,
): string {
  const line = eol + indentAt(source, at);
  const release = (context: string): string =>
    waits ? `${line}await ${context}.disposeAsync()${end}` : `${line}${context}.dispose()${end}`;
  if (!renews) return release(`this.${field}`);
  const old = `${line}const held = this.${field}${end}`;
  return `${old}${line}this.${field} = new ${type}()${end}${release("held")}`;
}

function fieldHead({ field, isTyped }: Ground, isRenewed: boolean): string {
  if (!isTyped) return field;
  const readonly = isRenewed ? "" : "readonly ";
  return field.startsWith("#") ? `${readonly}${field}` : `private ${readonly}${field}`;
}

function insertion(at: number, text: string): Edit {
  return { op: "insert", at, text, order: declaration };
}

interface Ground extends Shape {
  readonly field: string;
  /** Local name of `ResourceContext`. */
  readonly type: string;
  readonly isTyped: boolean;
}

interface Shape {
  /** Line break and indentation of a member. */
  readonly line: string;
  readonly step: string;
  readonly eol: string;
  readonly end: ";" | "";
}

function shapeOf({ span, open, firstMember }: ClassOwner, source: string): Shape {
  const step = indentUnit(source, span, firstMember);
  const isOnOwnLine = isFirstOnLine(source, firstMember);
  const indent = isOnOwnLine ? indentAt(source, firstMember) : indentAt(source, span.start) + step;
  return {
    line: eolAt(source, open) + indent,
    step,
    eol: eolAt(source, open),
    end: usesSemicolons(source, span) ? ";" : "",
  };
}
