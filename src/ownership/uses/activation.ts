import type { Site } from "../../analyse/acquisitions.js";
import { activationsOf, type FunctionNode, isInside, symbolOf } from "../../analyse/nodes.js";
import { takerOf } from "./promised.js";
import type { Uses } from "./traced.js";

/**
 * The function whose activation has it: for `open(path).then((handle) => ..)` the callback; for an executor, which runs at
 * once and puts it into a variable around it, the function that makes the promise.
 */
export function homeOf(site: Site, { names }: Pick<Uses, "names">): FunctionNode | undefined {
  const taker = takerOf(site);
  if (taker !== undefined) return taker;
  const [first, ...around] = activationsOf(site.call);
  return around.reduce((home, outer) => {
    const isOwn = names.every((name) => {
      const declaration = symbolOf(name, site.unit.checker)?.declarations?.[0];
      return declaration !== undefined && home !== undefined && isInside(declaration, home);
    });
    return isOwn ? home : outer;
  }, first);
}
