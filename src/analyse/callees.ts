import { readFileSync } from "node:fs";
import path from "node:path";
import { ts } from "ts-morph";
import { definitionPath } from "./definitions.js";
import { exportedOrigin } from "./exports.js";
import { definingFile } from "./inferred.js";
import { type FunctionNode, isFunction } from "./nodes.js";
import { type ExportLookup, type Origin, originOf } from "./origins.js";
import { parseBatch, type Unit } from "./unit.js";

/** A function of another file, with its syntax tree: good until the next one is asked for. */
export interface Callee {
  readonly unit: Unit;
  readonly node: FunctionNode;
}

/** The function of another file that a call runs; undefined when it is not known. */
export type CalleeLookup = (callee: ts.Expression, unit: Unit) => Callee | undefined;

export const noCallees: CalleeLookup = () => undefined;

/** Files kept parsed: those that many others call lie in few files. */
const maxUnits = 24;

interface Parsed {
  readonly unit: Unit;
  readonly functions: ReadonlyMap<string, FunctionNode>;
}

/** Finds functions of the project by parsing the files that define them, when they are asked for. */
export class Callees {
  private readonly parsed = new Map<string, Parsed | undefined>();
  private readonly origins = new Map<string, Origin | undefined>();

  constructor(
    private readonly root: string,
    private readonly resolve: (fromFile: string, specifier: string) => string | undefined,
  ) {}

  readonly of: CalleeLookup = (callee, unit) => {
    const origin = originOf(callee, unit, this.exportsOf);
    const file = origin === undefined ? undefined : definingFile(origin);
    if (origin === undefined || file === undefined || file === unit.path) return undefined;
    const target = this.parse(file);
    const node = target?.functions.get(origin.path.join("."));
    return target === undefined || node === undefined ? undefined : { unit: target.unit, node };
  };

  private readonly exportsOf: ExportLookup = (fromFile, specifier, name) => {
    const file = this.resolve(fromFile, specifier);
    if (file === undefined) return undefined;
    const key = `${file}#${name}`;
    if (this.origins.has(key)) return this.origins.get(key);
    // Entered before the search, so that files which re-export each other end here.
    this.origins.set(key, undefined);
    const target = this.parse(file);
    const origin = target === undefined ? undefined : exportedOrigin(target.unit, name, this.exportsOf);
    this.origins.set(key, origin);
    return origin;
  };

  private parse(file: string): Parsed | undefined {
    const known = this.parsed.get(file) ?? read(this.root, file);
    // The one that was asked for least lately goes first.
    this.parsed.delete(file);
    this.parsed.set(file, known);
    const [oldest] = this.parsed.keys();
    if (this.parsed.size > maxUnits && oldest !== undefined) this.parsed.delete(oldest);
    return known;
  }
}

function read(root: string, file: string): Parsed | undefined {
  const [parsed] = parseBatch([{ path: file, text: readFileSync(path.join(root, file), "utf8") }]);
  return parsed?.ok === true ? { unit: parsed.unit, functions: functionsOf(parsed.unit) } : undefined;
}

function functionsOf({ source }: Unit): ReadonlyMap<string, FunctionNode> {
  const found = new Map<string, FunctionNode>();
  const visit = (node: ts.Node): void => {
    const own = isFunction(node) && node.body !== undefined ? definitionPath(node) : undefined;
    if (own !== undefined && isFunction(node)) found.set(own.join("."), node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
