import { ts } from "ts-morph";
import type { Site } from "../analyse/acquisitions.js";
import type { Handle } from "../fixes.js";

/** Where the text gives the resource, and where a statement that takes it over would go. */
export function handleOf(site: Site): Handle {
  const { handle, unit } = site;
  return { start: handle.getStart(unit.source), end: handle.end, statement: statementOf(site) };
}

/** Only where nothing can come between: the declaration gives one constant, and nothing else. */
function statementOf({ handle, unit }: Site): Handle["statement"] {
  const declaration = handle.parent;
  if (!ts.isVariableDeclaration(declaration) || declaration.initializer !== handle) return null;
  const list = declaration.parent;
  if (!ts.isVariableDeclarationList(list)) return null;
  const isConstant = (list.flags & ts.NodeFlags.BlockScoped) === ts.NodeFlags.Const;
  if (!isConstant || list.declarations.length !== 1 || !ts.isVariableStatement(list.parent)) return null;
  const isLong = unit.text.slice(handle.getStart(unit.source), handle.end).includes("\n");
  const statement = list.parent;
  const isInList = ts.isBlock(statement.parent) || ts.isSourceFile(statement.parent);
  if (!isLong || !isInList || !ts.isIdentifier(declaration.name)) return null;
  return { from: statement.getStart(unit.source), at: statement.end, name: declaration.name.text };
}
