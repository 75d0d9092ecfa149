import type { Edit, FileFacts, ImportStatement, RuntimeName } from "../types.js";
import { freedBy, removeSpecifiers, removeStatement } from "./import-removal.js";
import { addSpecifiers, importText, insertStatement, specifier } from "./import-text.js";

export interface ImportRequest {
  readonly facts: FileFacts;
  readonly source: string;
  readonly wanted: readonly RuntimeName[];
  /** Local names, once for each use that goes away. */
  readonly freed: readonly string[];
}

/** Adds what is missing to the imports of a file, and removes what our own edits made superfluous. */
export function importEdits(request: ImportRequest): readonly Edit[] {
  const { facts, source } = request;
  const { gone, bindings } = freedBy(request);
  const partial = facts.imports
    .filter((one) => !gone.includes(one))
    .flatMap((one) => removeSpecifiers(one, bindings, source));
  const missing = request.wanted.filter((name) => !isImported(name, facts, source));
  const host =
    missing.length === 0 ? undefined : facts.imports.find((one) => isMergeable(one, facts, source));
  const seat =
    missing.length === 0 || host !== undefined
      ? undefined
      : gone.find((one) => holdsAnchor(one, facts, source));
  const removed = gone.filter((one) => one !== seat).flatMap((one) => removeStatement(one, source));
  return [...partial, ...removed, ...additions(missing, { host, seat, request })];
}

interface Places {
  /** An import of the runtime that takes more specifiers. */
  readonly host: ImportStatement | undefined;
  /** A superfluous statement at the very place where the new one goes. */
  readonly seat: ImportStatement | undefined;
  readonly request: ImportRequest;
}

function additions(missing: readonly RuntimeName[], { host, seat, request }: Places): readonly Edit[] {
  if (missing.length === 0) return [];
  if (host !== undefined) {
    const texts = missing.map((name) => specifier(name, request.facts, host.form));
    return addSpecifiers(host, texts, request.source);
  }
  if (seat !== undefined) return [{ op: "replace", span: seat.span, text: importText(missing, request) }];
  return [insertStatement(missing, request)];
}

function isImported(name: RuntimeName, { imports, runtime }: FileFacts, source: string): boolean {
  const named = imports
    .filter((one) => one.module === runtime && !one.typeOnly)
    .flatMap((one) => one.bindings);
  return named.some(
    (one) => one.role === "named" && importedName(source.slice(one.span.start, one.span.end)) === name,
  );
}

/** `a` of `a`, `a as b` and `a: b`; a `type` specifier imports no value. */
function importedName(specifier: string): string | undefined {
  return /^(?!type\s+\w)([\w$]+)/.exec(specifier)?.[1];
}

function isMergeable(
  { form, span, module, typeOnly, braces }: ImportStatement,
  { runtime }: FileFacts,
  source: string,
): boolean {
  if (module !== runtime || typeOnly || braces === null) return false;
  return (
    form === "import" ||
    (form === "require" && /require\s*\([^()]*\)\s*;?$/.test(source.slice(span.start, span.end)))
  );
}

function holdsAnchor({ span }: ImportStatement, { anchor }: FileFacts, source: string): boolean {
  if (anchor.after === "start") return source.slice(anchor.at, span.start).trim() === "";
  return (
    anchor.at >= span.end &&
    /^[ \t]*(\/\/.*|(\/\*((?!\*\/)[^])*\*\/[ \t]*)+)?$/.test(source.slice(span.end, anchor.at))
  );
}
