import { noCallees, noClasses } from "../../src/analyse/callees.js";
import { noExports } from "../../src/analyse/modules.js";
import { parseBatch, type Unit } from "../../src/analyse/unit.js";
import { builtIn } from "../../src/catalogue/index.js";
import type { Surroundings } from "../../src/ownership/decided.js";

/** What a file has around it when nothing of the project is known. */
export const surroundings: Surroundings = {
  exportsOf: noExports,
  calleeOf: noCallees,
  classOf: noClasses,
  scopes: true,
  syntax: "using",
  contextName: "ctx",
  emit: "adopt",
  strict: false,
  mockerOf: () => null,
  host: "node",
  caution: null,
};

export function unitOf(path: string, text: string): Unit {
  const [parsed] = parseBatch([{ path, text }], builtIn);
  if (parsed?.ok !== true) throw new Error(`did not parse: ${parsed?.error ?? "nothing"}`);
  return parsed.unit;
}
