import { type ContextTemplate, contextTemplates, type Exit } from "./contexts.js";
import { listenerContexts } from "./listeners.js";
import { writeContexts } from "./writes.js";
import { isHere, type KindTemplate, kindTemplates } from "./kinds.js";

/** One program of the matrix: a kind of resource in a context. */
export interface Program {
  readonly id: string;
  readonly kind: KindTemplate;
  readonly context: ContextTemplate;
  readonly exits: readonly Exit[];
  /** Path below the folder of all programs, and text; the first one is what the runner loads. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
}

/** Everything that fits together; the long form has the kinds that need more than Node and the packages of this repository. */
export function allPrograms(form: "short" | "long"): readonly Program[] {
  return kindTemplates
    .filter((kind) => kind.needs === null || (form === "long" && isHere(kind)))
    .flatMap((kind) => contextsOf(kind).flatMap((context) => programOf(kind, context)));
}

function contextsOf({ id, contexts }: KindTemplate): readonly ContextTemplate[] {
  if (id === "file-write") return writeContexts;
  if (id === "listener") return listenerContexts;
  return contextTemplates.filter((one) => contexts?.includes(one.id) ?? true);
}

function programOf(kind: KindTemplate, context: ContextTemplate): readonly Program[] {
  const text = context.text(kind);
  if (text === null) return [];
  const id = `${kind.id}/${context.id}`;
  const helper =
    text.helper === undefined ? [] : [{ path: `${id}.helper.ts`, text: withImports(text.helper, kind) }];
  const link = helper.length === 0 ? [] : [`import { acquire } from "./${context.id}.helper.js";`];
  const files = [{ path: `${id}.ts`, text: withImports(used(text.main, kind), kind, link) }, ...helper];
  // With the program go all handles that the system takes back: only what outlives it can be left behind.
  const exits = context.exits.filter((exit) => kind.outlives || !isEnd(exit));
  return exits.length === 0 ? [] : [{ id, kind, context, exits, files }];
}

export function isEnd(exit: Exit): boolean {
  return exit === "signal" || exit === "exit";
}

const supportNames = [
  "building",
  "bundling",
  "bus",
  "check",
  "content",
  "file",
  "folder",
  "fresh",
  "invoke",
  "lines",
  "note",
  "port",
  "screen",
  "seconds",
  "signal",
  "step",
];

function withImports(body: string, kind: KindTemplate, more: readonly string[] = []): string {
  const isUsed = (name: string): boolean => new RegExp(`\\b${name}\\b`).test(body);
  const values = supportNames.filter((name) => new RegExp(`\\b${name}\\(`).test(body));
  const names = [...values, ...(isUsed("Exit") ? ["type Exit"] : [])];
  const support = names.length === 0 ? [] : [`import { ${names.join(", ")} } from "../support.js";`];
  return `${[...kind.imports.flatMap((line) => needed(line, isUsed)), ...more, ...support].join("\n")}\n\n${body}\n`;
}

/** With what is done to each handle that a name is declared for. */
function used(text: string, { acquire, use }: KindTemplate): string {
  if (use === "") return text;
  return text
    .split("\n")
    .map((line) => {
      const name = /^\s*(?:const|let) (\w+) = /.exec(line)?.[1];
      return name !== undefined && line.endsWith(` = ${acquire};`)
        ? `${line}\n  ${use.replace("X", name)}`
        : line;
    })
    .join("\n");
}

/** The import with the names that the program needs. */
function needed(line: string, isUsed: (name: string) => boolean): readonly string[] {
  const whole = /^import (\w+) from/.exec(line)?.[1];
  if (whole !== undefined) return isUsed(whole) ? [line] : [];
  const names = /\{ (.*) \}/.exec(line)?.[1]?.split(", ") ?? [];
  const wanted = names.filter((name) => isUsed(name.replace("type ", "")));
  return wanted.length === 0 ? [] : [line.replace(names.join(", "), wanted.join(", "))];
}
