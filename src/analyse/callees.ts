import path from "node:path";
import { ts } from "ts-morph";
import type { CatalogueIndex } from "../catalogue/indexed.js";
import { readUtf8 } from "../disk.js";
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

/** A class, with the file that defines it. */
export interface ClassFound {
  readonly unit: Unit;
  readonly node: ts.ClassLikeDeclaration;
}

/** The class of another file that an expression names; undefined when it is not known. */
export type ClassLookup = (expression: ts.Expression, unit: Unit) => ClassFound | undefined;

export const noClasses: ClassLookup = () => undefined;

/** Files kept parsed: those that many others call lie in few files. */
const maxUnits = 24;

interface Parsed {
  readonly unit: Unit;
  readonly functions: ReadonlyMap<string, FunctionNode>;
  readonly classes: ReadonlyMap<string, ts.ClassLikeDeclaration>;
}

interface Project {
  readonly root: string;
  readonly resolve: (fromFile: string, specifier: string) => string | undefined;
  readonly catalogue: CatalogueIndex;
}

/** Finds functions and classes of the project by parsing the files that define them, when they are asked for. */
export class Callees {
  private readonly parsed = new Map<string, Parsed | undefined>();
  private readonly origins = new Map<string, Origin | undefined>();

  constructor(private readonly project: Project) {}

  readonly of: CalleeLookup = (callee, unit) => {
    const found = this.definition(callee, unit);
    const node = found?.target.functions.get(found.path);
    return found === undefined || node === undefined ? undefined : { unit: found.target.unit, node };
  };

  readonly classOf: ClassLookup = (expression, unit) => {
    const found = this.definition(expression, unit);
    const node = found?.target.classes.get(found.path);
    return found === undefined || node === undefined ? undefined : { unit: found.target.unit, node };
  };

  /** The other file that defines what the expression names, and the path under which it is known there. */
  private definition(
    expression: ts.Expression,
    unit: Unit,
  ): { readonly target: Parsed; readonly path: string } | undefined {
    const origin = originOf(expression, unit, this.exportsOf);
    const file = origin === undefined ? undefined : definingFile(origin);
    if (origin === undefined || file === undefined || file === unit.path) return undefined;
    const target = this.parse(file);
    return target === undefined ? undefined : { target, path: origin.path.join(".") };
  }

  private readonly exportsOf: ExportLookup = (fromFile, specifier, name) => {
    const file = this.project.resolve(fromFile, specifier);
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
    const known = this.parsed.get(file) ?? read(this.project, file);
    // The one that was asked for least lately goes first.
    this.parsed.delete(file);
    this.parsed.set(file, known);
    const [oldest] = this.parsed.keys();
    if (this.parsed.size > maxUnits && oldest !== undefined) this.parsed.delete(oldest);
    return known;
  }
}

function read({ root, catalogue }: Project, file: string): Parsed | undefined {
  const text = readUtf8(path.join(root, file));
  const [parsed] = parseBatch([{ path: file, text }], catalogue);
  return parsed?.ok === true ? definitionsOf(parsed.unit) : undefined;
}

function definitionsOf(unit: Unit): Parsed {
  const functions = new Map<string, FunctionNode>();
  const classes = new Map<string, ts.ClassLikeDeclaration>();
  const visit = (node: ts.Node): void => {
    const own = isDefinition(node) ? definitionPath(node)?.join(".") : undefined;
    if (own !== undefined && isFunction(node)) functions.set(own, node);
    if (own !== undefined && ts.isClassLike(node)) classes.set(own, node);
    ts.forEachChild(node, visit);
  };
  visit(unit.source);
  return { unit, functions, classes };
}

const isDefinition = (node: ts.Node): boolean =>
  ts.isClassLike(node) || (isFunction(node) && node.body !== undefined);
