import { type ContextTemplate, contextTemplates, type Exit } from "./contexts.js";
import { writeContexts } from "./writes.js";
import { type KindTemplate, kindTemplates } from "./kinds.js";

/** One program of the matrix: a kind of resource in a context. */
export interface Program {
  readonly id: string;
  readonly kind: KindTemplate;
  readonly context: ContextTemplate;
  readonly exits: readonly Exit[];
  /** Path below the folder of all programs, and text; the first one is what the runner loads. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
}

/** Everything that fits together. */
export function allPrograms(): readonly Program[] {
  return kindTemplates.flatMap((kind) =>
    (kind.id === "file-write" ? writeContexts : contextTemplates).flatMap((context) =>
      programOf(kind, context),
    ),
  );
}

function programOf(kind: KindTemplate, context: ContextTemplate): readonly Program[] {
  const text = context.text(kind);
  if (text === null) return [];
  const id = `${kind.id}/${context.id}`;
  const helper =
    text.helper === undefined ? [] : [{ path: `${id}.helper.ts`, text: withImports(text.helper, kind) }];
  const link = helper.length === 0 ? [] : [`import { acquire } from "./${context.id}.helper.js";`];
  const files = [{ path: `${id}.ts`, text: withImports(text.main, kind, link) }, ...helper];
  // With the program go all handles that the system takes back: only what outlives it can be left behind.
  const exits = context.exits.filter((exit) => kind.outlives || !isEnd(exit));
  return exits.length === 0 ? [] : [{ id, kind, context, exits, files }];
}

export function isEnd(exit: Exit): boolean {
  return exit === "signal" || exit === "exit";
}

const supportNames = ["check", "content", "file", "folder", "invoke", "note", "port", "seconds", "step"];

function withImports(body: string, kind: KindTemplate, more: readonly string[] = []): string {
  const isUsed = (name: string): boolean => new RegExp(`\\b${name}\\b`).test(body);
  const values = supportNames.filter((name) => new RegExp(`\\b${name}\\(`).test(body));
  const names = [...values, ...(isUsed("Exit") ? ["type Exit"] : [])];
  const support = names.length === 0 ? [] : [`import { ${names.join(", ")} } from "../support.js";`];
  return `${[...kind.imports.flatMap((line) => used(line, isUsed)), ...more, ...support].join("\n")}\n\n${body}\n`;
}

/** The import with the names that the program needs. */
function used(line: string, isUsed: (name: string) => boolean): readonly string[] {
  const names = /\{ (.*) \}/.exec(line)?.[1]?.split(", ") ?? [];
  const needed = names.filter((name) => isUsed(name.replace("type ", "")));
  return needed.length === 0 ? [] : [line.replace(names.join(", "), needed.join(", "))];
}
