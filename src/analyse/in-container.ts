import path from "node:path";
import { ts } from "ts-morph";
import type { Unit } from "./unit.js";

const starts = /\b(?:docker|podman|nerdctl)\s+(?:container\s+)?run\b/;

/**
 * Why the file may run where no package is installed: it starts itself in a container. Its strings say both, often in
 * pieces. Null where they do not.
 */
export function inContainer({ path: file, source, text }: Unit): string | null {
  if (!starts.test(text)) return null;
  const strings: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) strings.push(node.getText(source));
    ts.forEachChild(node, visit);
  };
  visit(source);
  const name = path.posix.basename(file);
  return strings.some((one) => starts.test(one)) && strings.some((one) => one.includes(name))
    ? "This script starts itself in a container, where the runtime may not be installed."
    : null;
}
