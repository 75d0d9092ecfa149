import path from "node:path";
import { ts } from "ts-morph";
import type { Unit } from "./unit.js";

const starts = /\b(?:docker|podman|nerdctl)\s+(?:container\s+)?run\b/;

/** Why the file may run where no package is installed: it starts itself in a container. Null where it does not. */
export function inContainer({ path: file, source, text }: Unit): string | null {
  const name = path.posix.basename(file);
  if (!starts.test(text)) return null;
  const isOwn = (node: ts.Node): boolean => {
    if (!ts.isStringLiteralLike(node) && !ts.isTemplateExpression(node))
      return ts.forEachChild(node, isOwn) === true;
    const command = node.getText(source);
    return starts.test(command) && command.includes(name);
  };
  return isOwn(source)
    ? "This script starts itself in a container, where the runtime may not be installed."
    : null;
}
