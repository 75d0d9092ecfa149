import { ts } from "ts-morph";
import { type ExportLookup, type Origin, originOf, originOfDefinition } from "./origins.js";
import { isProjectModule, moduleOrigin } from "./specifiers.js";
import { definingFile } from "./inferred.js";
import { hasModifier } from "./nodes.js";
import type { Unit } from "./unit.js";

/** What one file exports under `name`, followed back to where it was imported from. */
export function exportedOrigin(unit: Unit, name: string, lookup: ExportLookup): Origin | undefined {
  for (const statement of unit.source.statements) {
    const origin = fromStatement(statement, { unit, name, lookup });
    if (origin !== undefined) return origin;
  }
  return undefined;
}

/** Every name under which the file could pass something on, what it re-exports with `*` not included. */
export function exportedNames(unit: Unit): readonly string[] {
  return unit.source.statements.flatMap(namesOf);
}

/** The modules that `export * from` names. */
export function starredModules(unit: Unit): readonly string[] {
  return unit.source.statements.flatMap((one) =>
    ts.isExportDeclaration(one) &&
    one.exportClause === undefined &&
    one.moduleSpecifier !== undefined &&
    ts.isStringLiteral(one.moduleSpecifier)
      ? [one.moduleSpecifier.text]
      : [],
  );
}

interface Query {
  readonly unit: Unit;
  readonly name: string;
  readonly lookup: ExportLookup;
}

function fromStatement(statement: ts.Statement, query: Query): Origin | undefined {
  if (ts.isExportDeclaration(statement)) return fromExport(statement, query);
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement))
    return definedName(statement) === query.name ? originOfDefinition(statement, query.unit) : undefined;
  if (ts.isVariableStatement(statement))
    return hasModifier(statement, ts.SyntaxKind.ExportKeyword) ? fromVariables(statement, query) : undefined;
  if (ts.isExportAssignment(statement))
    return query.name === "default" ? originOf(statement.expression, query.unit, query.lookup) : undefined;
  if (ts.isExpressionStatement(statement)) return fromCommonJs(statement.expression, query);
  return undefined;
}

/** The name under which a function or class is exported where it is declared. */
function definedName(node: ts.FunctionDeclaration | ts.ClassDeclaration): string | undefined {
  if (!hasModifier(node, ts.SyntaxKind.ExportKeyword)) return undefined;
  return hasModifier(node, ts.SyntaxKind.DefaultKeyword) ? "default" : node.name?.text;
}

function fromExport(node: ts.ExportDeclaration, query: Query): Origin | undefined {
  const from =
    node.moduleSpecifier !== undefined && ts.isStringLiteral(node.moduleSpecifier)
      ? node.moduleSpecifier.text
      : null;
  const clause = node.exportClause;
  if (clause === undefined)
    return from === null || query.name === "default" ? undefined : through(from, query.name, query);
  if (ts.isNamespaceExport(clause))
    return from !== null && clause.name.text === query.name ? moduleOrigin(from, null) : undefined;
  const specifier = clause.elements.find((element) => element.name.text === query.name);
  if (specifier === undefined) return undefined;
  const inner = specifier.propertyName ?? specifier.name;
  if (from !== null) return through(from, inner.text, query);
  return ts.isIdentifier(inner) ? originOf(inner, query.unit, query.lookup) : undefined;
}

function through(specifier: string, name: string, { unit, lookup }: Query): Origin | undefined {
  const known = lookup(unit.path, specifier, name);
  return known ?? (isProjectModule(specifier) ? undefined : moduleOrigin(specifier, name));
}

function fromVariables(statement: ts.VariableStatement, query: Query): Origin | undefined {
  for (const declaration of statement.declarationList.declarations) {
    if (ts.isIdentifier(declaration.name)) {
      if (declaration.name.text === query.name) return originOf(declaration.name, query.unit, query.lookup);
      continue;
    }
    for (const element of declaration.name.elements)
      if (ts.isBindingElement(element) && ts.isIdentifier(element.name) && element.name.text === query.name)
        return originOf(element.name, query.unit, query.lookup);
  }
  return undefined;
}

/** `module.exports = { run: spawn }`, `module.exports.run = spawn`, `exports.run = spawn` */
function fromCommonJs(node: ts.Expression, query: Query): Origin | undefined {
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return undefined;
  const member = exportsMember(node.left);
  if (member === query.name) return originOf(node.right, query.unit, query.lookup);
  if (member !== "") return undefined;
  if (query.name === "default") return originOf(node.right, query.unit, query.lookup);
  if (!ts.isObjectLiteralExpression(node.right)) return memberOf(node.right, query);
  for (const property of node.right.properties) {
    if (property.name === undefined || !ts.isIdentifier(property.name) || property.name.text !== query.name)
      continue;
    if (ts.isPropertyAssignment(property)) return originOf(property.initializer, query.unit, query.lookup);
    if (ts.isShorthandPropertyAssignment(property)) return originOf(property.name, query.unit, query.lookup);
    if (ts.isMethodDeclaration(property)) return originOfDefinition(property, query.unit);
  }
  return undefined;
}

/** `module.exports = Server`, of which somebody takes `Server.create`. */
function memberOf(whole: ts.Expression, { unit, name, lookup }: Query): Origin | undefined {
  const origin = originOf(whole, unit, lookup);
  return origin === undefined || definingFile(origin) === undefined
    ? undefined
    : { ...origin, path: [...origin.path, name] };
}

/** The name after `exports.` or `module.exports.`; "" for `module.exports` itself. */
function exportsMember(left: ts.Expression): string | undefined {
  if (!ts.isPropertyAccessExpression(left)) return undefined;
  const isModule = ts.isIdentifier(left.expression) && left.expression.text === "module";
  if (isModule && left.name.text === "exports") return "";
  if (ts.isIdentifier(left.expression) && left.expression.text === "exports") return left.name.text;
  return exportsMember(left.expression) === "" ? left.name.text : undefined;
}

function namesOf(statement: ts.Statement): readonly string[] {
  if (ts.isExportDeclaration(statement)) {
    const clause = statement.exportClause;
    if (clause === undefined) return [];
    return ts.isNamespaceExport(clause)
      ? [clause.name.text]
      : clause.elements.map((element) => element.name.text);
  }
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement))
    return [definedName(statement)].filter((one) => one !== undefined);
  if (ts.isExportAssignment(statement)) return ["default"];
  if (ts.isVariableStatement(statement) && hasModifier(statement, ts.SyntaxKind.ExportKeyword))
    return statement.declarationList.declarations.flatMap((one) => boundNames(one.name));
  if (!ts.isExpressionStatement(statement) || !ts.isBinaryExpression(statement.expression)) return [];
  const member = exportsMember(statement.expression.left);
  if (member !== "") return member === undefined ? [] : [member];
  const right = statement.expression.right;
  if (!ts.isObjectLiteralExpression(right)) return ["default"];
  return right.properties.flatMap((one) =>
    one.name !== undefined && ts.isIdentifier(one.name) ? [one.name.text] : [],
  );
}

function boundNames(name: ts.BindingName): readonly string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? boundNames(element.name) : []));
}
