import type { ts } from "ts-morph";
import type { FunctionNode } from "../../analyse/nodes.js";

/** What evaluating a node does to the obligation. */
export type Effect =
  /** `joins`: it is put to those that were acquired before, and does not take the place of one. */
  | { readonly is: "acquires"; readonly joins: boolean }
  /** `mayFail`: when it throws, the resource can still be there. */
  | { readonly is: "releases"; readonly mayFail: boolean }
  | { readonly is: "moves" }
  /** The variable that holds the resource gets another value. */
  | { readonly is: "replaces" };

/** What a piece of code means for one resource: everything that the walk through it has to know. */
export interface Meaning {
  readonly effectOf: (node: ts.Node) => Effect | undefined;
  /** The expression is the resource itself, by whatever name. */
  readonly isHandle: (node: ts.Expression) => boolean;
  /** A function of this file that does something to the resource when it runs. */
  readonly isInvolved: (body: FunctionNode) => boolean;
  /** The function of this file that a call runs. */
  readonly calledBy: (call: ts.CallExpression) => FunctionNode | undefined;
  /** `path#join` for a function of a module, whatever it is called here; empty for all others. */
  readonly origin: (callee: ts.Expression) => string;
  /** Members that tell, when set, that the resource has been released. */
  readonly spent: readonly string[];
  /** Members that tell, when set, that it is there. */
  readonly present: readonly string[];
  /** Name under which a boolean variable is followed; undefined for all other expressions. */
  readonly flagOf: (node: ts.Expression) => string | undefined;
  readonly lineOf: (node: ts.Node) => number;
  readonly endLineOf: (node: ts.Node) => number;
}
