import { ts } from "ts-morph";
import { definitionPath } from "../../analyse/definitions.js";
import type { Inferred } from "../../analyse/inferred.js";
import { hasModifier } from "../../analyse/nodes.js";
import type { Unit } from "../../analyse/unit.js";
import { kinds } from "../../catalogue/kinds.js";
import type { ResourceModel } from "../../types.js";
import { isClosingName, nameOf } from "./releasing.js";

/** Classes of the file whose instances say themselves how they are released, by their path. */
export function disposableClasses({ source, path: file, text }: Unit): ReadonlyMap<string, Inferred> {
  const found = new Map<string, Inferred>();
  if (!/\[Symbol\.(asyncD|d)ispose\]/.test(text)) return found;
  const visit = (node: ts.Node): void => {
    const path = ts.isClassLike(node) ? definitionPath(node) : undefined;
    const inferred =
      ts.isClassLike(node) && path !== undefined ? disposable(node, `${file}#${path.join(".")}`) : undefined;
    if (path !== undefined && inferred !== undefined) found.set(path.join("."), inferred);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function disposable(node: ts.ClassLikeDeclaration, id: string): Inferred | undefined {
  const methods = node.members.filter((one) => ts.isMethodDeclaration(one));
  const disposers = methods.filter((one) => isDisposer(one));
  if (disposers.length === 0 || hasModifier(node, ts.SyntaxKind.AbstractKeyword)) return undefined;
  const names = disposers.map((one) => nameOf(one.name) ?? "");
  const others = methods.flatMap((one) => closingNextTo(one, disposers));
  // Whether a second release does harm is for the class to know: it is released once.
  const shape = { is: "holder", members: [], releases: [...names, ...others], isHarmless: false } as const;
  const model = modelOf(id, shape.releases);
  return { model, resource: model, shape, chain: [id] };
}

function isDisposer(one: ts.MethodDeclaration): boolean {
  return (
    /^\[Symbol\.(asyncD|d)ispose\]$/.test(one.name.getText()) &&
    !hasModifier(one, ts.SyntaxKind.StaticKeyword)
  );
}

/** `close()` that the disposer calls, or that calls the disposer. */
function closingNextTo(
  method: ts.MethodDeclaration,
  disposers: readonly ts.MethodDeclaration[],
): readonly string[] {
  const name = ts.isIdentifier(method.name) ? method.name.text : "";
  if (!isClosingName(name)) return [];
  const isCalled = disposers.some((one) => (one.body?.getText() ?? "").includes(`this.${name}(`));
  const calls = /\bthis\[Symbol\.(asyncD|d)ispose\]\(/.test(method.body?.getText() ?? "");
  return isCalled || calls ? [name] : [];
}

function modelOf(id: string, releases: readonly string[]): ResourceModel {
  return {
    id,
    kind: "disposable",
    acquire: { by: "construct", modules: [], path: [] },
    yields: "handle",
    lasts: "open",
    release: releases.map((name) => ({ by: "method", name, completes: "promise", again: "throws" })),
    ends: [],
    args: { path: -1, options: -1 },
    adopt: { by: "wrap", method: "use" },
    transform: kinds.disposable.transform,
  };
}
