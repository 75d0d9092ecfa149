import { builtinModules } from "node:module";
import { ts } from "ts-morph";
import type { Site } from "../analyse/acquisitions.js";
import { definingFile } from "../analyse/inferred.js";
import { isPropertyName } from "../analyse/nodes.js";
import type { Unit } from "../analyse/unit.js";
import { isComponent } from "../components.js";
import { leaveReasons } from "../reasons.js";
import type { ResourceModel } from "../types.js";
import { isDetached } from "./child-process.js";
import { type Decided, leave, type Surroundings } from "./decided.js";

/** The last gate: what is safe by itself is only `likely` where tests or the platform may see the difference. */
export function gate(site: Site, decided: Decided, around: Surroundings): Decided {
  const { model, origin, unit } = site;
  const { outcome } = decided;
  const isInBrowser =
    isBrowserCode(unit) ||
    (isComponent(unit.path) && !importsNode(unit)) ||
    (isGlobal(site) && (isOfPages(model) || isPage(unit) || mayBePage(site)));
  if (typeof outcome === "string" && !isGlobal(site)) return decided;
  if (isInBrowser) return leave(decided.ownership, "browser-code", leaveReasons["browser-code"]);
  if (decided.level !== "safe" || typeof outcome === "string") return decided;
  if (isDetached(site)) return { ...decided, level: "likely", message: detachedMessage };
  if (model.level === "likely") return { ...decided, level: "likely" };
  if (origin.isPassedOn && outcome.by === "replace")
    return { ...decided, level: "likely", message: passedOnMessage };
  if (around.isMocked(model.kind, definingFile(origin) ?? null))
    return { ...decided, level: "likely", message: mockedMessage(model, definingFile(origin)) };
  return around.caution === null ? decided : { ...decided, level: "likely", message: around.caution };
}

/** It needs no import, wherever the function that calls it is defined. */
const isGlobal = ({ inferred, origin, model }: Site): boolean =>
  (inferred === null ? [origin.module] : model.acquire.modules).includes("globalThis");

/** The bundler sends it to the browser, where the runtime cannot run. */
function isBrowserCode({ source }: Unit): boolean {
  return source.statements.some(
    (one) =>
      ts.isExpressionStatement(one) &&
      ts.isStringLiteral(one.expression) &&
      one.expression.text === "use client",
  );
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

const detachedMessage =
  "Started with `detached`: adopted, it ends with the program, which it may be meant to outlive.";

const passedOnMessage =
  "Another file of the project passes the function on: the atomic write would go past it.";

function mockedMessage({ kind, acquire }: ResourceModel, definedIn: string | undefined): string {
  if (definedIn !== undefined)
    return `A test replaces ${definedIn} or what it uses: check that it still passes.`;
  const module = acquire.modules[0] ?? "";
  return kind === "file-write"
    ? "A test that reaches this file replaces fs: the atomic write would go past the replacement."
    : `A test that reaches this file replaces ${module}: check that it still passes.`;
}
