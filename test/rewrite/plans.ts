import { hashOf } from "../../src/plan/index.js";
import type { FileFacts, FilePlan, Finding, Fix, ImportStatement, Scope, Span } from "../../src/types.js";

/** The nth occurrence of a piece of text. */
export function at(source: string, piece: string, nth = 0): Span {
  let start = source.indexOf(piece);
  for (let i = 0; i < nth; i++) start = source.indexOf(piece, start + 1);
  if (start === -1) throw new Error(`"${piece}" is not in the source`);
  return { start, end: start + piece.length };
}

function finding(fix: Fix): Finding {
  if (fix.by === "pipeline") throw new Error("Its own fixtures show what becomes of pipes.");
  const span = fix.by === "replace" ? fix.callee : fix.handle;
  return {
    acquisition: {
      api: fix.by === "replace" ? "node:fs#writeFile" : "node:child_process#spawn",
      kind: fix.by === "replace" ? "file-write" : "child-process",
      span,
      line: 1,
      column: 1,
      endLine: 1,
      endColumn: 1,
      symbol: "",
      fingerprint: "",
      boundTo: null,
    },
    ownership: { verdict: "local", leak: [] },
    evidence: { leak: [], refused: [] },
    level: "safe",
    decision: { action: "rewrite", transform: fix.by === "replace" ? "file-writes" : "spawn", fix },
    message: "",
    standing: { is: "new" },
  };
}

export const noFacts: FileFacts = {
  moduleSystem: "import",
  imports: [],
  anchor: { at: 0, after: "start" },
  names: {
    ResourceContext: "ResourceContext",
    atomicWriteFile: "atomicWriteFile",
    atomicWriteFileSync: "atomicWriteFileSync",
    pipeline: "pipeline",
  },
  runtime: "resource-context",
  streams: { module: "node:stream/promises", anchor: { at: 0, after: "start" } },
};

export function planFor(source: string, fixes: readonly Fix[], facts: Partial<FileFacts> = {}): FilePlan {
  return {
    file: "src/sample.ts",
    sourceHash: hashOf(source),
    facts: { ...noFacts, ...facts },
    findings: fixes.map(finding),
  };
}

export function root(source: string, call: string, nth = 0): Fix {
  return {
    by: "root",
    handle: { ...at(source, call, nth), statement: null, parens: null },
    method: "process",
  };
}

/** `name` is called in `call`, which is where it goes away. */
export function replacedCall(source: string, call: string, name: string): Fix {
  const { start } = at(source, call);
  return { by: "replace", callee: { start, end: start + name.length }, name: "atomicWriteFile", frees: name };
}

/** A scope from the first statement named to the end of the block named. */
export function scopeIn(
  source: string,
  block: string,
  parts: Partial<Scope> & { readonly from: string },
): Scope {
  const { from, ...rest } = parts;
  const span = at(source, block);
  const inner = source.slice(0, span.end - 1).trimEnd();
  return {
    block: span,
    before: span.start + block.indexOf(from),
    until: inner.length,
    syntax: "using",
    waits: true,
    contextName: "ctx",
    awaits: [],
    arrow: null,
    caught: null,
    verbatim: [],
    ...rest,
  };
}

export function scoped(source: string, call: string, scope: Scope): Fix {
  return {
    by: "scope",
    handle: { ...at(source, call), statement: null, parens: null },
    method: "process",
    scope,
  };
}

interface ImportParts extends Partial<Omit<ImportStatement, "bindings">> {
  readonly bindings: readonly (readonly [local: string, specifier: string, references: number])[];
}

/** Facts about one import statement; specifiers are looked up inside it. */
export function imported(
  source: string,
  statement: string,
  { bindings, ...parts }: ImportParts,
): ImportStatement {
  const span = at(source, statement);
  const braces = /\{[^}]*\}/.exec(statement);
  const inside = (piece: string): Span => {
    const start =
      span.start +
      new RegExp(`(?<![\\w$])${piece.replace(/[*$]/g, "\\$&")}(?![\\w$])`).exec(statement)!.index;
    return { start, end: start + piece.length };
  };
  const isNamed = (piece: string): boolean =>
    braces !== null && inside(piece).start > span.start + braces.index;
  return {
    form: "import",
    module: /["']([^"']*)["']/.exec(statement)?.[1] ?? "",
    typeOnly: statement.startsWith("import type"),
    span,
    braces:
      braces === null
        ? null
        : { start: span.start + braces.index, end: span.start + braces.index + braces[0].length },
    bindings: bindings.map(([local, piece, references]) => ({
      local,
      role: piece.startsWith("*") ? "namespace" : isNamed(piece) ? "named" : "default",
      span: inside(piece),
      references,
      values: references,
    })),
    uses: [],
    pinned: false,
    ...parts,
  };
}

export function after(source: string, piece: string): FileFacts["anchor"] {
  return { at: at(source, piece).end, after: "import" };
}
