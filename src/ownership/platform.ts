import { builtinModules } from "node:module";
import { ts } from "ts-morph";
import type { Site } from "../analyse/acquisitions.js";
import { hasModifier, isPropertyName, unwrap } from "../analyse/nodes.js";
import type { Unit } from "../analyse/unit.js";
import { isComponent } from "../components.js";
import type { ResourceModel } from "../types.js";
import type { Surroundings } from "./decided.js";

/** A page runs it. What is global needs no import, so the file has to say whether Node has it as well. */
export function isInBrowser(site: Site, isGlobal: boolean): boolean {
  const { unit, model } = site;
  if (isBrowserCode(unit) || (isComponent(unit.path) && !importsNode(unit))) return true;
  return isGlobal && (isOfPages(model) || isPage(unit) || mayBePage(site));
}

/** The bundler sends it to the browser, where the runtime cannot run. */
function isBrowserCode({ source }: Unit): boolean {
  return source.statements.some(
    (one) =>
      ts.isExpressionStatement(one) &&
      ts.isStringLiteral(one.expression) &&
      one.expression.text === "use client",
  );
}

/** Cloudflare's workers and the edge routes of frameworks: neither is a Node, whatever modules of it they lend. */
export function isOnEdge(unit: Unit, host: Surroundings["host"]): boolean {
  const { source } = unit;
  if (source.statements.some((one) => loadsFromWorkers(one) || isEdgeRoute(one))) return true;
  const isOfNode = importsNode(unit);
  return host === "workers" ? !isOfNode || answersRequests(source) : !isOfNode && answersRequests(source);
}

const loadsFromWorkers = (node: ts.Statement): boolean =>
  ts.isImportDeclaration(node) &&
  ts.isStringLiteral(node.moduleSpecifier) &&
  node.moduleSpecifier.text.startsWith("cloudflare:");

/** `export const runtime = "edge"` */
const isEdgeRoute = (node: ts.Statement): boolean =>
  ts.isVariableStatement(node) &&
  hasModifier(node, ts.SyntaxKind.ExportKeyword) &&
  node.declarationList.declarations.some(
    ({ name, initializer }) =>
      name.getText() === "runtime" &&
      initializer !== undefined &&
      ts.isStringLiteralLike(unwrap(initializer)) &&
      /^["'`](?:experimental-)?edge/.test(unwrap(initializer).getText()),
  );

/** `export default { fetch(request) { .. } }`; one with a port is a server of its own. */
function answersRequests({ statements }: ts.SourceFile): boolean {
  return statements.some((one) => {
    const value = ts.isExportAssignment(one) ? unwrap(one.expression) : undefined;
    if (value === undefined || !ts.isObjectLiteralExpression(value)) return false;
    const names = value.properties.map(({ name }) => name?.getText());
    return names.includes("fetch") && !names.includes("port");
  });
}

/** Only browsers have it. */
const isOfPages = ({ adopt }: ResourceModel): boolean =>
  adopt.by === "none" && adopt.reason === "browser-code";

/** What needs no import is there in the browser as well: markup and the globals of a page tell where the file runs. */
function isPage(unit: Unit): boolean {
  const { path, identifiers, source } = unit;
  if (/\.[jt]sx$/.test(path)) return true;
  // Code for a page may stand in a function that Node sends there.
  if (importsNode(unit)) return false;
  if (isComponent(path)) return true;
  if (["document", "window", "localStorage"].some((name) => (identifiers.get(name) ?? []).some(isFree)))
    return true;
  return source.statements.some(
    (one) =>
      ts.isImportDeclaration(one) &&
      ts.isStringLiteral(one.moduleSpecifier) &&
      /^(react|react-dom|preact|vue|svelte|solid-js|@angular\/core|lit)(\/|$)/.test(one.moduleSpecifier.text),
  );
}

/** Timers are everywhere; a socket that needs no import is as likely one of a page, unless the file uses Node. */
function mayBePage({ model, unit }: Site): boolean {
  if (model.kind === "timer") return false;
  const hasGlobal = ["process", "Buffer", "require", "__dirname"].some((name) =>
    (unit.identifiers.get(name) ?? []).some((one) => !isPropertyName(one)),
  );
  return !importsNode(unit) && !hasGlobal;
}

/** One of Node's own modules is loaded: it is Node that runs the code, also that of a component. */
function importsNode({ source, calls }: Unit): boolean {
  const imported = source.statements.map((one) =>
    ts.isImportDeclaration(one) ? one.moduleSpecifier : undefined,
  );
  const required = calls.map(({ expression, arguments: [name] }) =>
    ts.isIdentifier(expression) && expression.text === "require" ? name : undefined,
  );
  return [...imported, ...required].some(
    (one) =>
      one !== undefined &&
      ts.isStringLiteralLike(one) &&
      builtinModules.includes(one.text.replace(/^node:/, "")),
  );
}

/** `window.x`, not `state.window`. */
function isFree(name: ts.Identifier): boolean {
  return !isPropertyName(name) && ts.isPropertyAccessExpression(name.parent);
}
