import type { Edit, FileFacts, ImportBinding, ImportStatement, ImportedName } from "../types.js";
import type { ImportRequest } from "./imports.js";

/** `a` of `a`, `a as b` and `a: b`; a `type` specifier imports no value. */
export function importedName(specifier: string): string | undefined {
  return /^(?!type\s+\w)([\w$]+)/.exec(specifier)?.[1];
}

interface Promoted {
  readonly edits: readonly Edit[];
  /** The statement that now imports values. */
  readonly host: ImportStatement | undefined;
  readonly names: readonly ImportedName[];
}

/** What is imported as a type and wanted as a value is imported once, as both. */
export function promote(wanted: readonly ImportedName[], facts: FileFacts, source: string): Promoted {
  const hosts = facts.imports.filter(({ module, form }) => module === facts.runtime && form === "import");
  for (const host of hosts) {
    const found = host.bindings.filter(
      (one) => isOfType(one, host, source) && wanted.some((name) => name === typeName(one, source)),
    );
    if (found.length === 0) continue;
    const names = wanted.filter((name) => found.some((one) => name === typeName(one, source)));
    const edits = host.typeOnly
      ? typeStatement(host, found, source)
      : found.map((one) => withoutType(one.span.start, source));
    return { edits, host, names };
  }
  return { edits: [], host: undefined, names: [] };
}

/** `import type { A, B }` becomes `import { A, type B }`. */
function typeStatement(
  { span, bindings }: ImportStatement,
  found: readonly ImportBinding[],
  source: string,
): readonly Edit[] {
  const rest = bindings.filter((one) => !found.includes(one));
  return [
    withoutType(span.start + "import".length, source),
    ...rest.map((one): Edit => ({ op: "insert", at: one.span.start, text: "type ", order: 0 })),
  ];
}

function isOfType({ role, span }: ImportBinding, host: ImportStatement, source: string): boolean {
  return role === "named" && (host.typeOnly || hasTypeMark(source.slice(span.start, span.end)));
}

function typeName({ span }: ImportBinding, source: string): string | undefined {
  return importedName(source.slice(span.start, span.end).replace(/^type\s+/, ""));
}

const hasTypeMark = (specifier: string): boolean => /^type\s+(?!as\b)[\w$]/.test(specifier);

function withoutType(at: number, source: string): Edit {
  const length = /^\s*type\s+/.exec(source.slice(at))?.[0].length ?? 0;
  const gap = /^\s/.test(source.slice(at)) ? 1 : 0;
  return { op: "remove", span: { start: at + gap, end: at + length } };
}

/** Nothing but types is left of it by our own edits: many projects ask for `import type` then. */
export function turnIntoTypes(
  statement: ImportStatement,
  { freed, source }: ImportRequest,
  removed: readonly ImportBinding[],
): readonly Edit[] {
  const { form, typeOnly, pinned, bindings, span } = statement;
  if (form !== "import" || typeOnly || pinned) return [];
  const rest = bindings.filter((one) => !removed.includes(one));
  const isTouched = bindings.some(({ local }) => freed.includes(local));
  if (!isTouched || rest.length === 0 || rest.some((one) => !isTypeNow(one, freed))) return [];
  const isMixed = rest.some((one) => one.role === "default") && rest.length > 1;
  const marked = rest.filter((one) => hasTypeMark(source.slice(one.span.start, one.span.end)));
  if (isMixed || marked.length === rest.length) return [];
  const at = span.start + "import".length;
  return [
    { op: "insert", at, text: " type", order: 0 },
    ...marked.map((one) => withoutType(one.span.start, source)),
  ];
}

function isTypeNow({ local, references, values }: ImportBinding, freed: readonly string[]): boolean {
  const gone = freed.filter((one) => one === local).length;
  return references > gone && values === gone;
}
