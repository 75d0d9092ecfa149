import { ts } from "ts-morph";
import { isAssignment, isFunction, unwrap, isNewPromise } from "../../analyse/nodes.js";
import type { Step } from "../../types.js";
import { assume } from "./conditions.js";
import { Exits } from "./exits.js";
import { cannotThrow, endsWithCatch, runsNow } from "./calls.js";
import type { Meaning } from "./meaning.js";
import { isLeft, join, mapPaths, noted, nowhere, type Path, type State } from "./paths.js";

/** Calls inside calls: real code needs two or three. */
const deepest = 4;

/** Evaluates expressions in the order of the language, for their effect on the obligation. */
export abstract class Expressions {
  exits = new Exits();
  private depth = 0;

  constructor(readonly meaning: Meaning) {}

  /** Runs the body of a function at the place of its call. */
  protected abstract body(node: ts.ConciseBody, state: State): State;
  abstract step(node: ts.Node, does: Step["does"]): Step;

  expression(node: ts.Expression, state: State): State {
    if (state.size === 0 || isFunction(node) || ts.isClassLike(node)) return state;
    if (ts.isBinaryExpression(node)) return this.effect(node, this.binary(node, state));
    if (ts.isConditionalExpression(node)) return this.conditional(node, state);
    if (ts.isCallExpression(node)) return this.call(node, state);
    if (ts.isNewExpression(node)) return this.construct(node, state);
    if (ts.isAwaitExpression(node)) return this.await(node, state);
    if (ts.isYieldExpression(node)) return this.yield(node, state);
    return this.effect(node, this.children(node, state));
  }

  /** Anything that holds expressions: a declaration, a property, a template. */
  any(node: ts.Node, state: State): State {
    if (ts.isVariableDeclaration(node)) return this.declaration(node, state);
    if (ts.isExpression(node)) return this.expression(node, state);
    if (ts.isTypeNode(node) || isFunction(node)) return state;
    return this.effect(node, this.children(node, state));
  }

  children(node: ts.Node, start: State): State {
    let state = start;
    ts.forEachChild(node, (child) => {
      state = this.any(child, state);
    });
    return state;
  }

  private declaration(node: ts.VariableDeclaration, state: State): State {
    const end = this.effect(node, this.children(node, state));
    return ts.isIdentifier(node.name) && node.initializer !== undefined
      ? this.setFlag(node.name, node.initializer, end)
      : end;
  }

  private binary(node: ts.BinaryExpression, state: State): State {
    const operator = node.operatorToken.kind;
    if (operator === ts.SyntaxKind.AmpersandAmpersandToken) return this.short(node, true, state);
    if (operator === ts.SyntaxKind.BarBarToken) return this.short(node, false, state);
    const left = this.expression(node.left, state);
    if (operator === ts.SyntaxKind.QuestionQuestionToken)
      return join(left, this.expression(node.right, left));
    const right = this.expression(node.right, left);
    return isAssignment(operator) ? this.setFlag(node.left, node.right, right) : right;
  }

  /** The right side is only evaluated when the left one came out as said. */
  private short(node: ts.BinaryExpression, when: boolean, state: State): State {
    const at = { state: this.expression(node.left, state), meaning: this.meaning };
    const right = this.expression(node.right, assume(node.left, when, at));
    return join(right, assume(node.left, !when, at));
  }

  private conditional(node: ts.ConditionalExpression, state: State): State {
    const at = { state: this.expression(node.condition, state), meaning: this.meaning };
    const yes = this.expression(node.whenTrue, assume(node.condition, true, at));
    return join(yes, this.expression(node.whenFalse, assume(node.condition, false, at)));
  }

  private setFlag(target: ts.Expression, value: ts.Expression, state: State): State {
    const flag = this.meaning.flagOf(target);
    const kind = unwrap(value).kind;
    const isTrue = kind === ts.SyntaxKind.TrueKeyword;
    if (flag === undefined || (!isTrue && kind !== ts.SyntaxKind.FalseKeyword)) return state;
    return mapPaths(state, (path) => ({ ...path, flags: new Map([...path.flags, [flag, isTrue]]) }));
  }

  private call(node: ts.CallExpression, state: State): State {
    const ready = this.children(node, state);
    const after = node.arguments.reduce((now, one) => this.callback(node, one, now), ready);
    if (isProgramEnd(node)) return nowhere;
    const called = this.meaning.calledBy(node);
    const effect = this.meaning.effectOf(node);
    if (effect === undefined && called?.body !== undefined && this.meaning.isInvolved(called))
      return this.inside(called.body, after);
    if (!cannotThrow(node, this.meaning)) this.mayThrow(node, after);
    return this.effect(node, after);
  }

  private callback(call: ts.CallExpression, node: ts.Expression, state: State): State {
    if (!isFunction(node) || node.body === undefined || !this.meaning.isInvolved(node)) return state;
    const how = runsNow(call);
    if (how === "never") return state;
    const after = this.inside(node.body, state);
    return how === "always" ? after : join(state, after);
  }

  private inside(body: ts.ConciseBody, state: State): State {
    if (this.depth >= deepest) return state;
    this.depth += 1;
    const end = this.body(body, state);
    this.depth -= 1;
    return end;
  }

  private construct(node: ts.NewExpression, state: State): State {
    const ready = this.children(node, state);
    const isPromise = isNewPromise(node);
    const [executor] = node.arguments ?? [];
    const isRun =
      isPromise && executor !== undefined && isFunction(executor) && this.meaning.isInvolved(executor);
    const after = isRun && executor.body !== undefined ? this.inside(executor.body, ready) : ready;
    if (!isPromise && !harmlessClasses.test(node.expression.getText())) this.mayThrow(node, after);
    return this.effect(node, after);
  }

  private await(node: ts.AwaitExpression, state: State): State {
    const settled = this.expression(node.expression, state);
    const effect = this.meaning.effectOf(node);
    const isCaught = endsWithCatch(node.expression);
    if (!isCaught && (effect?.is !== "releases" || effect.mayFail)) this.mayThrow(node, settled);
    return this.effect(node, settled);
  }

  private yield(node: ts.YieldExpression, state: State): State {
    const ready = this.effect(node, this.children(node, state));
    this.exits.abandon(noted(ready, this.step(node, "is abandoned here")));
    this.exits.throw(ready);
    return ready;
  }

  private mayThrow(node: ts.Node, state: State): void {
    const effect = this.meaning.effectOf(node);
    const isOver = effect?.is === "releases" && !effect.mayFail;
    this.exits.throw(noted(isOver ? this.effect(node, state) : state, this.step(node, "may throw")));
  }

  protected effect(node: ts.Node, state: State): State {
    const effect = this.meaning.effectOf(node);
    if (effect === undefined) return state;
    if (effect.is === "acquires")
      return mapPaths(state, (path) => (effect.joins && isLeft(path) ? path : this.acquired(node, path)));
    return mapPaths(state, (path) => {
      if (!isLeft(path) || path.status === "lost") return path;
      if (effect.is === "releases") return { ...path, status: "done" };
      if (effect.is === "moves") return { ...path, status: "moved" };
      return { ...path, status: "lost", trail: { step: this.step(node, "is replaced"), before: path.trail } };
    });
  }

  /** What the variable held before is out of reach from now on. */
  private acquired(node: ts.Node, path: Path): readonly Path[] {
    const born: Path = {
      ...path,
      status: "live",
      trail: { step: this.step(node, "acquires"), before: null },
    };
    if (!isLeft(path)) return [born];
    const step = this.step(node, "is replaced");
    return [born, { ...path, status: "lost", trail: { step, before: path.trail } }];
  }
}

const harmlessClasses = /^(Promise|Map|Set|WeakMap|WeakSet|Date|Error|AbortController|\w*Error)$/;

/** Nothing after it runs. */
function isProgramEnd(node: ts.CallExpression): boolean {
  return /^process\.(exit|abort|reallyExit)$/.test(node.expression.getText());
}
