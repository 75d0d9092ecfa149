import { ts } from "ts-morph";
import type { Step } from "../../types.js";
import { assume } from "./conditions.js";
import { Exits } from "./exits.js";
import { Expressions } from "./expressions.js";
import { covers, join, noted, nowhere, type State } from "./paths.js";

/** Follows every path through statements, and notes with what obligation each leaves them. */
export class Walker extends Expressions {
  statements(list: readonly ts.Statement[], start: State): State {
    return list.reduce((state, one) => (state.size === 0 ? state : this.statement(one, state)), start);
  }

  private statement(node: ts.Statement, state: State, labels: readonly string[] = []): State {
    if (ts.isBlock(node)) return this.block(node, state);
    if (ts.isIfStatement(node)) return this.choice(node, state);
    if (ts.isIterationStatement(node, false)) return this.loop(node, state, ["", ...labels]);
    if (ts.isSwitchStatement(node)) return this.switch(node, state, ["", ...labels]);
    if (ts.isTryStatement(node)) return this.try(node, state);
    if (ts.isLabeledStatement(node)) return this.labeled(node, state, labels);
    if (ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) return state;
    return this.jump(node, state) ?? this.children(node, state);
  }

  /** Undefined when the statement goes on to the next one. */
  private jump(node: ts.Statement, state: State): State | undefined {
    if (ts.isReturnStatement(node)) {
      const value = node.expression === undefined ? state : this.expression(node.expression, state);
      this.exits.return(noted(this.effect(node, value), this.step(node, "returns")));
    } else if (ts.isThrowStatement(node))
      this.exits.throw(noted(this.expression(node.expression, state), this.step(node, "throws")));
    else if (ts.isBreakStatement(node)) this.exits.break(node.label?.text ?? "", state);
    else if (ts.isContinueStatement(node)) this.exits.continue(node.label?.text ?? "", state);
    else return undefined;
    return nowhere;
  }

  block(node: ts.Block, state: State): State {
    return this.statements(node.statements, state);
  }

  private choice(node: ts.IfStatement, state: State): State {
    const tested = this.expression(node.expression, state);
    const at = { state: tested, meaning: this.meaning };
    const yes = this.statement(node.thenStatement, assume(node.expression, true, at));
    const rest = assume(node.expression, false, at);
    return join(yes, node.elseStatement === undefined ? rest : this.statement(node.elseStatement, rest));
  }

  private labeled(node: ts.LabeledStatement, state: State, labels: readonly string[]): State {
    const label = node.label.text;
    const end = this.statement(node.statement, state, [...labels, label]);
    return join(end, this.exits.take("breaks", [label]));
  }

  /** Goes round until nothing new comes in. */
  private loop(node: ts.IterationStatement, start: State, labels: readonly string[]): State {
    let entry = this.loopHead(node, start);
    const isDo = ts.isDoStatement(node);
    for (;;) {
      const inside = isDo ? entry : this.loopTest(node, true, entry);
      const end = join(this.statement(node.statement, inside), this.exits.take("continues", labels));
      const again = this.loopTail(node, isDo ? this.loopTest(node, true, end) : end);
      const left = join(
        isDo ? this.loopTest(node, false, end) : this.loopTest(node, false, join(entry, again)),
        this.exits.take("breaks", labels),
      );
      if (covers(entry, again)) return left;
      entry = join(entry, again);
    }
  }

  private loopHead(node: ts.IterationStatement, state: State): State {
    if (ts.isForOfStatement(node) || ts.isForInStatement(node)) {
      const source = this.expression(node.expression, state);
      return this.effect(node, node.kind === ts.SyntaxKind.ForOfStatement ? source : state);
    }
    if (!ts.isForStatement(node) || node.initializer === undefined) return state;
    return this.any(node.initializer, state);
  }

  private loopTest(node: ts.IterationStatement, isTrue: boolean, state: State): State {
    if (ts.isForOfStatement(node)) {
      if (isTrue && node.awaitModifier !== undefined)
        this.exits.throw(noted(state, this.step(node.expression, "may throw")));
      return state;
    }
    const test = conditionOf(node);
    if (test === undefined) return isTrue || ts.isForInStatement(node) ? state : nowhere;
    return assume(test, isTrue, { state: this.expression(test, state), meaning: this.meaning });
  }

  private loopTail(node: ts.IterationStatement, state: State): State {
    const step = ts.isForStatement(node) ? node.incrementor : undefined;
    return step === undefined ? state : this.expression(step, state);
  }

  private switch(node: ts.SwitchStatement, start: State, labels: readonly string[]): State {
    const entry = this.expression(node.expression, start);
    let state = nowhere;
    for (const clause of node.caseBlock.clauses)
      state = this.statements(clause.statements, join(entry, state));
    const isExhaustive = node.caseBlock.clauses.some(ts.isDefaultClause);
    return join(state, isExhaustive ? nowhere : entry, this.exits.take("breaks", labels));
  }

  private try(node: ts.TryStatement, state: State): State {
    const outer = this.exits;
    const last = (pending: State): State =>
      node.finallyBlock === undefined || pending.size === 0
        ? pending
        : this.block(node.finallyBlock, pending);
    const inner = new Exits();
    this.exits = inner;
    const end = this.tryAndCatch(node, state, inner);
    this.exits = outer;
    inner.passTo(outer, last);
    return last(end);
  }

  private tryAndCatch({ tryBlock, catchClause }: ts.TryStatement, state: State, inner: Exits): State {
    const end = this.block(tryBlock, state);
    if (catchClause === undefined) return end;
    const caught = inner.throws;
    inner.throws = nowhere;
    return join(end, caught.size === 0 ? nowhere : this.block(catchClause.block, caught));
  }

  protected override body(node: ts.ConciseBody, state: State): State {
    if (!ts.isBlock(node)) return this.expression(node, state);
    const outer = this.exits;
    const inner = new Exits();
    this.exits = inner;
    const end = this.block(node, state);
    this.exits = outer;
    outer.throw(inner.throws);
    return join(end, inner.returns);
  }

  /** Behind the last statement. */
  endStep(last: ts.Statement): Step {
    return { line: this.meaning.endLineOf(last), does: "falls off the end", text: "" };
  }

  step(node: ts.Node, does: Step["does"]): Step {
    return { line: this.meaning.lineOf(node), does, text: oneLine(node) };
  }
}

function conditionOf(node: ts.IterationStatement): ts.Expression | undefined {
  if (ts.isForStatement(node)) return node.condition;
  return ts.isWhileStatement(node) || ts.isDoStatement(node) ? node.expression : undefined;
}

function oneLine(node: ts.Node): string {
  const text = node.getText().replace(/\s+/g, " ");
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
