import { builtIn } from "../catalogue/index.js";
import { parseBatch } from "./unit.js";

/** What the TypeScript parser has to say against a text: empty when it parses. */
export function parseErrors(path: string, text: string): readonly string[] {
  return parseBatch([{ path, text }], builtIn).flatMap((parsed) => (parsed.ok ? [] : [parsed.error]));
}
