import { ts } from "ts-morph";

/** Takes off what does not change the value: parentheses, casts, `!`, `satisfies`, `await`. */
export function unwrap(node: ts.Expression): ts.Expression {
  let inner = node;
  while (isTransparent(inner) || ts.isAwaitExpression(inner)) inner = inner.expression;
  return inner;
}

type Transparent =
  | ts.ParenthesizedExpression
  | ts.AsExpression
  | ts.TypeAssertion
  | ts.NonNullExpression
  | ts.SatisfiesExpression;

export function isTransparent(node: ts.Node): node is Transparent {
  return (
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isTypeAssertionExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isSatisfiesExpression(node)
  );
}

/** The node with all around it that does not change its value: parentheses, casts, `!`, `satisfies`. */
export function outermost<T extends ts.Node>(node: T): T | Transparent {
  let outer: T | Transparent = node;
  while (isTransparent(outer.parent)) outer = outer.parent;
  return outer;
}

/** The variable an identifier refers to; undefined for property names and labels. */
export function symbolOf(node: ts.Identifier, checker: ts.TypeChecker): ts.Symbol | undefined {
  const parent = node.parent;
  if (ts.isShorthandPropertyAssignment(parent) && parent.name === node)
    return checker.getShorthandAssignmentValueSymbol(parent);
  if (ts.isExportSpecifier(parent)) {
    const isLocal =
      parent.parent.parent.moduleSpecifier === undefined && (parent.propertyName ?? parent.name) === node;
    return isLocal ? checker.getExportSpecifierLocalTargetSymbol(parent) : undefined;
  }
  return isPropertyName(node) ? undefined : checker.getSymbolAtLocation(node);
}

/** The identifier names a member, not a variable: `x.spawn`, `{ spawn: 1 }`, `import { spawn as run }`. */
export function isPropertyName(node: ts.Identifier): boolean {
  const parent = node.parent;
  if (ts.isPropertyAccessExpression(parent) || ts.isQualifiedName(parent)) return lastName(parent) === node;
  if (ts.isBindingElement(parent) || ts.isImportSpecifier(parent)) return parent.propertyName === node;
  return (
    (ts.isPropertyAssignment(parent) ||
      ts.isMethodDeclaration(parent) ||
      ts.isPropertyDeclaration(parent) ||
      ts.isPropertySignature(parent) ||
      ts.isMethodSignature(parent) ||
      ts.isEnumMember(parent) ||
      ts.isGetAccessor(parent) ||
      ts.isSetAccessor(parent) ||
      ts.isJsxAttribute(parent)) &&
    parent.name === node
  );
}

function lastName(node: ts.PropertyAccessExpression | ts.QualifiedName): ts.Node {
  return ts.isQualifiedName(node) ? node.right : node.name;
}

/** `x = ...`, `x += ...`, `x++`; destructuring assignments are not looked into. */
export function isAssignmentTarget(node: ts.Expression): boolean {
  const parent = node.parent;
  if (ts.isPostfixUnaryExpression(parent)) return true;
  if (ts.isPrefixUnaryExpression(parent))
    return parent.operator >= ts.SyntaxKind.PlusPlusToken && parent.operator <= ts.SyntaxKind.MinusMinusToken;
  return ts.isBinaryExpression(parent) && parent.left === node && isAssignment(parent.operatorToken.kind);
}

export function isAssignment(operator: ts.SyntaxKind): boolean {
  return operator >= ts.SyntaxKind.FirstAssignment && operator <= ts.SyntaxKind.LastAssignment;
}

export type FunctionNode = ts.FunctionLikeDeclaration;

/** The function whose activation evaluates the node; undefined at the top level of the module. */
export function enclosingFunction(node: ts.Node): FunctionNode | undefined {
  const found = ts.findAncestor(
    node.parent,
    (up) => isFunction(up) || ts.isClassStaticBlockDeclaration(up) || isFieldOf(up),
  );
  return found !== undefined && isFunction(found) ? found : undefined;
}

/** The function that evaluates the node, and where that is the executor of a promise, which runs at once, those around it. */
export function activationsOf(node: ts.Node): readonly [FunctionNode | undefined, ...FunctionNode[]] {
  const first = enclosingFunction(node);
  const around: FunctionNode[] = [];
  for (let inner = first; inner !== undefined && isExecutor(inner);) {
    inner = enclosingFunction(inner);
    if (inner !== undefined) around.push(inner);
  }
  return [first, ...around];
}

/** `new Promise((resolve, reject) => ..)` */
function isExecutor(node: FunctionNode): boolean {
  return isNewPromise(node.parent) && !hasModifier(node, ts.SyntaxKind.AsyncKeyword);
}

/** Its executor runs at once. */
export function isNewPromise(
  node: ts.Node,
): node is ts.NewExpression & { readonly expression: ts.Identifier } {
  return ts.isNewExpression(node) && node.expression.getText() === "Promise";
}

function isFieldOf(node: ts.Node): boolean {
  return ts.isPropertyDeclaration(node);
}

export function isFunction(node: ts.Node): node is FunctionNode {
  return (
    ts.isFunctionDeclaration(node) ||
    ts.isFunctionExpression(node) ||
    ts.isArrowFunction(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isConstructorDeclaration(node) ||
    ts.isGetAccessor(node) ||
    ts.isSetAccessor(node)
  );
}

export function isInside(node: ts.Node, outer: ts.Node): boolean {
  return ts.findAncestor(node, (up) => up === outer) !== undefined;
}

export function hasModifier(node: ts.Node, kind: ts.SyntaxKind): boolean {
  return (
    ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some((modifier) => modifier.kind === kind)
  );
}

/** `Runner.start`: the named functions, classes and variables around a node; empty at the top level. */
export function symbolPath(node: ts.Node): string {
  const names: string[] = [];
  for (let up: ts.Node | undefined = node.parent; up !== undefined; up = up.parent) {
    const name = nameOf(up);
    if (name !== undefined) names.unshift(name);
  }
  return names.join(".");
}

function nameOf(node: ts.Node): string | undefined {
  if (ts.isConstructorDeclaration(node)) return "constructor";
  if (ts.isVariableDeclaration(node))
    return isFunctionValue(node.initializer) && ts.isIdentifier(node.name) ? node.name.text : undefined;
  if (isFunction(node) || ts.isClassLike(node) || ts.isModuleDeclaration(node))
    return node.name === undefined ? undefined : textOf(node.name);
  if (ts.isPropertyAssignment(node) || ts.isPropertyDeclaration(node))
    return isFunctionValue(node.initializer) ? textOf(node.name) : undefined;
  return undefined;
}

function isFunctionValue(node: ts.Expression | undefined): boolean {
  if (node === undefined) return false;
  const inner = unwrap(node);
  return (
    ts.isArrowFunction(inner) ||
    ts.isFunctionExpression(inner) ||
    ts.isClassExpression(inner) ||
    ts.isCallExpression(inner)
  );
}

function textOf(name: ts.Node): string {
  return ts.isIdentifier(name) || ts.isStringLiteralLike(name) || ts.isPrivateIdentifier(name)
    ? name.text
    : "[computed]";
}

/** Declared outside of any function and block: it is there as long as the module. */
export function isOfModule(declaration: ts.Declaration): boolean {
  if (enclosingFunction(declaration) !== undefined) return false;
  const isVar =
    ts.isVariableDeclaration(declaration) &&
    (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.BlockScoped) === 0;
  return isVar || ts.findAncestor(declaration, ts.isBlock) === undefined;
}

/** An expression that stands for no value. */
export function isNothing(expression: ts.Expression): boolean {
  const node = unwrap(expression);
  return (
    node.kind === ts.SyntaxKind.NullKeyword ||
    node.kind === ts.SyntaxKind.FalseKeyword ||
    ts.isVoidExpression(node) ||
    (ts.isIdentifier(node) && node.text === "undefined")
  );
}

/** A semicolon that begins a later line guards what follows on it: the statement ends before. */
export function statementEnd(statement: ts.Statement, source: ts.SourceFile): number {
  const [before, last] = statement.getChildren(source).slice(-2);
  if (before === undefined || last?.kind !== ts.SyntaxKind.SemicolonToken) return statement.end;
  return source.text.slice(before.end, last.end).includes("\n") ? before.end : statement.end;
}
