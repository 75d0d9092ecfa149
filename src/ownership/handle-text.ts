import { ts } from "ts-morph";
import type { Site } from "../analyse/acquisitions.js";
import type { Unit } from "../analyse/unit.js";
import type { Handle } from "../fixes.js";

/** Where the text gives the resource, and where a statement that takes it over would go. */
export function handleOf(site: Site): Handle {
  const { handle, unit } = site;
  return { start: handle.getStart(unit.source), end: handle.end, statement: statementOf(site) };
}

/** Columns that most projects allow, and what wrapping the call adds to its line. */
const columns = 100;
const wrapping = "ctx.process()".length;

function roomOf(statement: ts.Node, { source }: Unit): number {
  return columns - wrapping - source.getLineAndCharacterOfPosition(statement.getStart(source)).character;
}

function spansLines(node: ts.Node, { text, source }: Unit): boolean {
  return text.slice(node.getStart(source), node.end).includes("\n");
}

/** Only where nothing can come between: the declaration gives one constant, and nothing else. */
function statementOf({ handle, unit }: Site): Handle["statement"] {
  const declaration = handle.parent;
  if (!ts.isVariableDeclaration(declaration) || declaration.initializer !== handle) return null;
  const list = declaration.parent;
  if (!ts.isVariableDeclarationList(list)) return null;
  const isConstant = (list.flags & ts.NodeFlags.BlockScoped) === ts.NodeFlags.Const;
  if (!isConstant || list.declarations.length !== 1 || !ts.isVariableStatement(list.parent)) return null;
  const statement = list.parent;
  const isLong = statement.getText(unit.source).length > roomOf(statement, unit) || spansLines(handle, unit);
  const isInList = ts.isBlock(statement.parent) || ts.isSourceFile(statement.parent);
  if (!isLong || !isInList || !ts.isIdentifier(declaration.name)) return null;
  return { from: statement.getStart(unit.source), at: statement.end, name: declaration.name.text };
}
