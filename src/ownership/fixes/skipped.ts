import type { ts } from "ts-morph";
import type { Site } from "../../analyse/acquisitions.js";
import { isInside } from "../../analyse/nodes.js";

/** A sentence for the message of a scope that `process.exit()` may skip; empty where nothing in it ends the program. */
export function exitNote({ unit }: Pick<Site, "unit">, region: readonly ts.Node[]): string {
  const exit = unit.calls.find(
    (call) =>
      /^process\.(exit|abort|reallyExit)$/.test(call.expression.getText(unit.source)) &&
      region.some((one) => isInside(call, one)),
  );
  if (exit === undefined) return "";
  const line = unit.source.getLineAndCharacterOfPosition(exit.getStart(unit.source)).line + 1;
  return exit.expression.getText(unit.source).endsWith(".exit")
    ? ` process.exit() on line ${String(line)} skips the end of the scope; an exit hook releases it then.`
    : ` The program may end on line ${String(line)} without releasing anything.`;
}
