import type { Edit, FileFacts, ImportStatement } from "../types.js";
import { removeStatement } from "./import-removal.js";
import { addSpecifiers } from "./import-text.js";

/** Several imports of the runtime become one: the specifiers of the later ones move into the first. */
export function mergeDuplicates({ imports, runtime }: FileFacts, source: string): readonly Edit[] {
  const [host, ...others] = imports.filter((one) => one.module === runtime && isOnlyNames(one, source));
  if (host === undefined || others.length === 0) return [];
  const known = new Set(specifiersOf(host, source));
  const added = new Set(
    others.flatMap((one) => specifiersOf(one, source)).filter((text) => !known.has(text)),
  );
  const removed = others.flatMap((one) => removeStatement(one, source));
  return added.size === 0 ? removed : [...removed, ...addSpecifiers(host, [...added], source)];
}

/** Nothing but specifiers: no default, no namespace, no comment that would be lost. */
function isOnlyNames({ form, typeOnly, pinned, braces, bindings }: ImportStatement, source: string): boolean {
  if (form !== "import" || typeOnly || pinned || braces === null) return false;
  return (
    bindings.every((one) => one.role === "named") && !/\/[/*]/.test(source.slice(braces.start, braces.end))
  );
}

function specifiersOf({ bindings }: ImportStatement, source: string): readonly string[] {
  return bindings.map(({ span }) => source.slice(span.start, span.end));
}
