import type { Edit, FilePlan, Scope, Span } from "../types.js";
import { endOfTrailingComment, indentAt, isFirstOnLine, lineEnd, lineStart, nextLine } from "./lines.js";
import { blockEnd, closing, declaration, opening } from "./order.js";
import { pipelinesOf } from "./pipelines.js";
import { eolAt, gapBefore, indentUnit, usesSemicolons } from "./style.js";

/** One context per scope, however many findings share it. */
export function scopeEdits(plan: FilePlan, source: string): readonly Edit[] {
  const scopes = sharedScopes(plan);
  const type = plan.facts.names.ResourceContext;
  const grounds = scopes.map((scope) => ({ scope, source, type, extra: extraIndent(scope, scopes, source) }));
  return [...grounds.flatMap(contextEdits), ...awaitEdits(scopes, source)];
}

function sharedScopes(plan: FilePlan): readonly Scope[] {
  const shared = new Map<string, Scope>();
  for (const { decision } of plan.findings) {
    if (decision.action === "leave" || (decision.fix.by !== "scope" && decision.fix.by !== "guard")) continue;
    const { scope } = decision.fix;
    const key = `${scope.block.start}:${scope.block.end}:${scope.contextName}`;
    const known = shared.get(key);
    shared.set(key, known === undefined ? scope : join(known, scope));
  }
  // What gives way to a pipeline is not indented.
  const verbatim = pipelinesOf(plan).map(({ span }) => span);
  const all = [...shared.values()].map((one) => ({ ...one, verbatim: [...one.verbatim, ...verbatim] }));
  return all.map((one) => (isAlone(one, all) ? one : { ...one, caught: null }));
}

/** What it declares above the `try` would hide a context of the block around it, or stand there twice. */
function isAlone(scope: Scope, all: readonly Scope[]): boolean {
  if (scope.caught === null) return true;
  const { home } = scope.caught;
  return !all.some((other) => {
    if (other.block === scope.block || other.contextName !== scope.contextName) return false;
    const isAround = encloses(other.block, home) && other.before < home.end;
    return isAround || (other.caught !== null && encloses(other.caught.home, home));
  });
}

const encloses = (outer: Span, inner: Span): boolean => outer.start <= inner.start && inner.end <= outer.end;

function join(a: Scope, b: Scope): Scope {
  return {
    ...a,
    before: Math.min(a.before, b.before),
    until: Math.max(a.until, b.until),
    awaits: [...a.awaits, ...b.awaits],
    verbatim: [...a.verbatim, ...b.verbatim],
  };
}

interface Ground {
  readonly scope: Scope;
  readonly source: string;
  /** Local name of `ResourceContext`. */
  readonly type: string;
  /** What the try blocks of outer scopes indent this one by. */
  readonly extra: string;
}

/** What the try blocks around an offset indent it by. */
export function extraIndentAt(at: number, plan: FilePlan, source: string): string {
  const around = sharedScopes(plan).filter(
    (one) => isTryBlock(one, source) && one.before <= at && at <= one.until,
  );
  return around.map((one) => indentUnit(source, one.block, one.before)).join("");
}

function extraIndent({ before }: Scope, scopes: readonly Scope[], source: string): string {
  const outer = scopes.filter((one) => isTryBlock(one, source) && one.before < before && before < one.until);
  return outer.map((one) => indentUnit(source, one.block, one.before)).join("");
}

function isTryBlock(scope: Scope, source: string): boolean {
  const { syntax, before, arrow } = scope;
  const isLong = syntax === "try-finally" && arrow === null && isFirstOnLine(source, before);
  return isLong && !takesFinally(scope, source);
}

/** The `try` that is there already stands on lines of its own. */
function takesFinally({ caught }: Scope, source: string): boolean {
  if (caught === null) return false;
  const { start, end } = caught.statement;
  return isFirstOnLine(source, start) && lineEnd(source, end) === end;
}

function contextEdits(ground: Ground): readonly Edit[] {
  const { scope, source } = ground;
  if (scope.arrow !== null) return arrowBlock(ground, scope.arrow);
  if (!isFirstOnLine(source, scope.before)) return inlineContext(ground);
  if (scope.caught !== null && takesFinally(scope, source)) return finallyBlock(ground, scope.caught);
  return isTryBlock(scope, source) ? tryBlock(ground) : [usingLine(ground)];
}

/** `{ const c = spawn(x); }` on one line stays on one line. */
function inlineContext(ground: Ground): readonly Edit[] {
  const { scope, source, type } = ground;
  const head = `${scope.contextName} = new ${type}()`;
  if (scope.syntax === "using") {
    return [{ op: "insert", at: scope.before, text: `${using(scope)} ${head}; `, order: declaration }];
  }
  // The block may end with a line comment, which would swallow what follows on its line.
  const lastLine = source.slice(Math.max(scope.before, lineStart(source, scope.until)), scope.until);
  const gap = lastLine.includes("//") ? lineBreak(ground, lineStart(source, scope.until)) : " ";
  const end = `${gap}} finally { ${release(scope)}; }`;
  return [
    { op: "insert", at: scope.before, text: `const ${head}; try { `, order: declaration },
    { op: "insert", at: scope.until, text: end, order: blockEnd(scope.block) },
  ];
}

/** `=> x` becomes `=> { await using ctx = ..; return x; }`, each statement on a line of its own. */
function arrowBlock(ground: Ground, { gap, returns }: NonNullable<Scope["arrow"]>): readonly Edit[] {
  const { scope, source, type } = ground;
  const { start, end } = scope.block;
  const isBroken = source.slice(gap.start, gap.end).includes("\n");
  const unit = indentUnit(source, scope.block, scope.before);
  const line = lineBreak(ground, gap.start);
  const inner = line + unit;
  const semi = usesSemicolons(source, region(scope)) ? ";" : "";
  const isTry = scope.syntax === "try-finally";
  const value = `return ${returns === "as-is" ? "" : returns === "await" ? "await " : "await ("}`;
  const head = isTry
    ? `{${inner}const ${scope.contextName} = new ${type}()${semi}${inner}try {${inner}${unit}${value}`
    : `{${inner}${using(scope)} ${scope.contextName} = new ${type}()${semi}${inner}${value}`;
  const close = `${returns === "await-parens" ? ")" : ""}${semi}`;
  const tail = isTry
    ? `${close}${inner}} finally {${inner}${unit}${release(scope)}${semi}${inner}}${line}}`
    : `${close}${line}}`;
  // On a line of its own the expression is indented once already.
  const deeper = (isBroken ? "" : unit) + (isTry ? unit : "");
  return [
    ...(isBroken ? [{ op: "replace", span: gap, text: " " } as const] : []),
    { op: "insert", at: start, text: head, order: declaration },
    ...(deeper === "" ? [] : indentLines(scope.block, scope.verbatim, { source, unit: deeper })),
    { op: "insert", at: end, text: tail, order: blockEnd(scope.block) },
  ];
}

function using({ waits }: Scope): string {
  return waits ? "await using" : "using";
}

function release({ waits, contextName }: Scope): string {
  return waits ? `await ${contextName}.disposeAsync()` : `${contextName}.dispose()`;
}

function usingLine(ground: Ground): Edit {
  const { scope, source, type } = ground;
  const at = aboveComments(scope, source);
  const text = `${using(scope)} ${scope.contextName} = new ${type}()${terminator(scope, source)}${lineBreak(ground, at)}`;
  return { op: "insert", at, text, order: declaration };
}

/** `try { .. } catch { .. }` keeps its lines: the context is declared above, and released behind the `catch`. */
function finallyBlock(ground: Ground, caught: NonNullable<Scope["caught"]>): readonly Edit[] {
  const { scope, source, type } = ground;
  const { start, end } = caught.statement;
  const indent = lineBreak(ground, start);
  const unit = indentUnit(source, scope.block, scope.before);
  const semi = usesSemicolons(source, region(scope)) ? ";" : "";
  const at = aboveComments({ ...scope, before: start, block: caught.home }, source);
  // As the `catch` stands: on the line of the brace, or below it.
  const gap = /^\s*\n\s*/.test(source.slice(scope.block.end)) ? indent : " ";
  const tail = `${gap}finally {${indent}${unit}${release(scope)}${semi}${indent}}`;
  return [
    {
      op: "insert",
      at,
      text: `const ${scope.contextName} = new ${type}()${semi}${indent}`,
      order: declaration,
    },
    { op: "insert", at: end, text: tail, order: blockEnd(scope.block) },
  ];
}

function tryBlock(ground: Ground): readonly Edit[] {
  const { scope, source, type } = ground;
  const at = aboveComments(scope, source);
  const until = endOfTrailingComment(source, scope.until);
  const indent = lineBreak(ground, at);
  const unit = indentUnit(source, scope.block, scope.before);
  const end = usesSemicolons(source, region(scope)) ? ";" : "";
  const head = `const ${scope.contextName} = new ${type}()${end}${indent}try {${indent}${unit}`;
  const tail = `${indent}} finally {${indent}${unit}${release(scope)}${end}${indent}}`;
  return [
    { op: "insert", at, text: head, order: declaration },
    ...indentLines({ start: at, end: until }, scope.verbatim, { source, unit }),
    { op: "insert", at: until, text: tail, order: blockEnd(scope.block) },
  ];
}

/** A statement that starts with a bracket, a sign or a template would continue the line before it. */
function terminator(scope: Scope, source: string): ";" | "" {
  const mayStayBare = /[\w$"'{\u0080-\uFFFF]/.test(source[scope.before] ?? "");
  return usesSemicolons(source, region(scope)) || !mayStayBare ? ";" : "";
}

function region({ before, until }: Scope): Span {
  return { start: before, end: until };
}

function lineBreak({ source, extra }: Ground, at: number): string {
  return eolAt(source, at) + indentAt(source, at) + extra;
}

/**
 * Comments right above a statement belong to it, directives such as `@ts-expect-error` above all:
 * the context is declared above them.
 */
function aboveComments({ before, block, verbatim }: Scope, source: string): number {
  let top = lineStart(source, before);
  for (let comment: number | null = top; comment !== null && comment > block.start;) {
    top = comment;
    comment = commentLineAbove(source, top, verbatim);
  }
  return top === lineStart(source, before) ? before : top + indentAt(source, top).length;
}

/** Start of the line on which the comment that fills the line(s) above begins; null when there is none. */
function commentLineAbove(source: string, line: number, verbatim: readonly Span[]): number | null {
  const above = lineStart(source, line - 1);
  const text = source.slice(above, lineEnd(source, above)).trim();
  if (text.endsWith("*/"))
    return blockCommentAbove(source, above + source.slice(above, line).trimEnd().length);
  // A line of a template literal may look like a comment; it then closes the template.
  const isInTemplate =
    verbatim.some((span) => span.start < above && above < span.end) || (text.split("`").length - 1) % 2 === 1;
  return text.startsWith("//") && !isInTemplate ? above : null;
}

function blockCommentAbove(source: string, end: number): number | null {
  const start = source.lastIndexOf("/*", end - 3);
  const isWhole = start !== -1 && source.indexOf("*/", start + 2) === end - 2;
  return isWhole && isFirstOnLine(source, start) ? lineStart(source, start) : null;
}

function indentLines(
  { start, end }: Span,
  verbatim: readonly Span[],
  { source, unit }: { readonly source: string; readonly unit: string },
): readonly Edit[] {
  const edits: Edit[] = [];
  for (let line = nextLine(source, start); line < end; line = nextLine(source, line)) {
    const isBlank = source.slice(line, lineEnd(source, line)).trim() === "";
    // A string may go on behind a backslash at the end of the line.
    const isContinued = /\\\r?\n$/.test(source.slice(Math.max(0, line - 3), line));
    if (isBlank || isContinued || verbatim.some((span) => span.start < line && line <= span.end)) continue;
    edits.push({ op: "insert", at: line, text: unit, order: 0 });
  }
  return edits;
}

function awaitEdits(scopes: readonly Scope[], source: string): readonly Edit[] {
  const awaits = new Map(
    scopes.flatMap((scope) => scope.awaits).map((one) => [`${one.span.start}:${one.span.end}`, one]),
  );
  return [...awaits.values()].flatMap(({ span, parens }) => {
    const head = `${gapBefore(source, span.start)}await ${parens ? "(" : ""}`;
    const edits: Edit[] = [{ op: "insert", at: span.start, text: head, order: opening(span, 1) }];
    if (parens) edits.push({ op: "insert", at: span.end, text: ")", order: closing(span, 1) });
    return edits;
  });
}
