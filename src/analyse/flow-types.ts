import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/**
 * The code of a file with the types of Flow, every character in its place: what only Flow reads is white space. Undefined
 * when Flow does not read it either. The parser of Flow is large, and loads with the first such file.
 */
export function withoutFlowTypes(text: string): string | undefined {
  const remove: unknown = require("flow-remove-types");
  if (typeof remove !== "function") return undefined;
  try {
    const code = String(Reflect.apply(remove, undefined, [text, { all: true }]));
    return code.length === text.length ? code : undefined;
  } catch {
    return undefined;
  }
}
