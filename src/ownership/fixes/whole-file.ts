import type { Taking, TakingWith } from "../../fixes.js";
import { isInside } from "../../analyse/nodes.js";
import type { Case } from "../handle.js";
import { optionOf } from "../uses/values.js";

/**
 * How a scope takes a stream whose end the function waits for: a file that a pipe fills is of no use when the pipe breaks
 * off, so what the scope finds unended is removed. Not the log of a child: what it says before it fails matters most.
 */
export function takingWhole({ site, uses, method }: Case): Taking | TakingWith {
  const { kind, release, args } = site.model;
  const isWritten = kind === "stream" && release.some((one) => one.by === "method" && one.name === "end");
  if (method !== "stream" || !isWritten) return method;
  const sources = uses.pipes.flatMap(({ call }) => {
    const [target] = call.arguments;
    const isTarget =
      target !== undefined &&
      (isInside(site.handle, target) || uses.references.some((one) => isInside(one, target)));
    return isTarget ? [call.expression.getText()] : [];
  });
  const options = site.args[args.options];
  const isFresh = ["flags", "start"].every((name) => optionOf(options, name, site.unit).is === "absent");
  return sources.length > 0 && isFresh && !sources.some((one) => /\bstd(out|err)\b/.test(one))
    ? { method, options: "{ removePartial: true }" }
    : method;
}
