import type { Edit, FileFacts, ImportedName, ImportStatement, RuntimeName } from "../types.js";
import { importedName, promote, turnIntoTypes } from "./import-types.js";
import { type Freed, freedBy, removeSpecifiers, removeStatement } from "./import-removal.js";
import { addSpecifiers, importText, insertStatement, specifier } from "./import-text.js";

export interface ImportRequest {
  readonly facts: FileFacts;
  readonly source: string;
  readonly wanted: readonly RuntimeName[];
  /** Whether `pipeline` of Node is wanted too. */
  readonly pipes: boolean;
  /** Local names, once for each use that goes away. */
  readonly freed: readonly string[];
}

/** What one module has to give; `facts.runtime` is that module. */
export interface Wanted {
  readonly facts: FileFacts;
  readonly source: string;
  readonly wanted: readonly ImportedName[];
}

/** Adds what is missing to the imports of a file, and removes what our own edits made superfluous. */
export function importEdits(request: ImportRequest): readonly Edit[] {
  const { facts, source, wanted, pipes } = request;
  const freed = freedBy(request);
  const kept = facts.imports.filter((one) => !freed.gone.includes(one));
  const partial = kept.flatMap((one) => [
    ...removeSpecifiers(one, freed.bindings, source),
    ...turnIntoTypes(one, request, freed.bindings),
  ]);
  const { module, anchor } = facts.streams;
  const ofNode = added(
    { facts: { ...facts, runtime: module, anchor }, source, wanted: pipes ? ["pipeline"] : [] },
    freed,
  );
  const rest = { ...freed, gone: freed.gone.filter((one) => one !== ofNode.seat) };
  const ofRuntime = added({ facts, source, wanted }, rest);
  const removed = rest.gone
    .filter((one) => one !== ofRuntime.seat)
    .flatMap((one) => removeStatement(one, source));
  return [...partial, ...removed, ...ofNode.edits, ...ofRuntime.edits];
}

interface Added {
  readonly edits: readonly Edit[];
  /** The superfluous statement that gave way. */
  readonly seat: ImportStatement | undefined;
}

function added(request: Wanted, { gone }: Freed): Added {
  const { facts, source } = request;
  const wanted = request.wanted.filter((name) => !isImported(name, facts, source));
  const { edits: promoted, host: typed, names } = promote(wanted, facts, source);
  const missing = wanted.filter((name) => !names.includes(name));
  const host =
    missing.length === 0
      ? undefined
      : (typed ?? facts.imports.find((one) => isMergeable(one, facts, source) && !gone.includes(one)));
  const seat =
    missing.length === 0 || host !== undefined
      ? undefined
      : gone.find((one) => one.module === facts.runtime || holdsAnchor(one, facts, source));
  return { edits: [...promoted, ...additions(missing, { host, seat, request })], seat };
}

interface Places {
  /** An import of the module that takes more specifiers. */
  readonly host: ImportStatement | undefined;
  /** A superfluous statement at the very place where the new one goes. */
  readonly seat: ImportStatement | undefined;
  readonly request: Wanted;
}

function additions(missing: readonly ImportedName[], { host, seat, request }: Places): readonly Edit[] {
  if (missing.length === 0) return [];
  if (host !== undefined) {
    const texts = missing.map((name) => specifier(name, request.facts, host.form));
    return addSpecifiers(host, texts, request.source);
  }
  if (seat !== undefined) return [{ op: "replace", span: seat.span, text: importText(missing, request) }];
  return [insertStatement(missing, request)];
}

function isImported(name: ImportedName, { imports, runtime }: FileFacts, source: string): boolean {
  const named = imports
    .filter((one) => one.module === runtime && !one.typeOnly)
    .flatMap((one) => one.bindings);
  return named.some(
    (one) => one.role === "named" && importedName(source.slice(one.span.start, one.span.end)) === name,
  );
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
