import { ts } from "ts-morph";
import type { Site } from "../../analyse/acquisitions.js";
import { symbolOf } from "../../analyse/nodes.js";
import { calledName } from "../uses/closures.js";
import { unknown } from "../uses/escapes.js";
import { isRegistry } from "../uses/releases.js";
import type { Tracer } from "../uses/uses.js";

/** What a member of an object that holds a resource is to it. */
export function partOf(
  { inferred, model }: Pick<Site, "inferred" | "model">,
  name: string,
): "resource" | "release" | undefined {
  const parts =
    inferred?.shape.is === "holder" ? inferred.shape : isBare({ inferred }) ? model.holds : undefined;
  if (parts?.members.includes(name) === true) return "resource";
  return parts?.releases.includes(name) === true ? "release" : undefined;
}

/** What a catalogued function gives, as it gives it. */
const isBare = ({ inferred }: Pick<Site, "inferred">): boolean =>
  inferred === null || inferred.shape.is === "itself";

/** `const { server, close } = await start()`, `const [child, stop] = run()` */
export function takenApart(tracer: Tracer, pattern: ts.BindingPattern): void {
  tracer.isSplit = true;
  pattern.elements.forEach((one, i) => {
    if (!ts.isBindingElement(one)) return;
    const name = one.propertyName ?? one.name;
    const part = partOf(tracer.site, ts.isArrayBindingPattern(pattern) ? String(i) : name.getText());
    if (one.dotDotDotToken !== undefined || (part !== undefined && !ts.isIdentifier(one.name)))
      tracer.escape(unknown("escapes-unknown", one), one, one);
    else if (part !== undefined && ts.isIdentifier(one.name)) taken(tracer, one.name, part);
  });
}

function taken(tracer: Tracer, name: ts.Identifier, part: "resource" | "release"): void {
  const symbol = symbolOf(name, tracer.site.unit.checker);
  if (part === "release" && symbol !== undefined) tracer.releasers.add(symbol);
  tracer.bound(name);
}

/** Calling the value releases the resource. */
export function isReleaser(tracer: Tracer, node: ts.Expression): boolean {
  const { inferred, model, unit } = tracer.site;
  if (inferred?.shape.is === "function") return true;
  if (isBare(tracer.site) && model.release.some(({ by }) => by === "call")) return true;
  if (ts.isPropertyAccessExpression(node)) return partOf(tracer.site, node.name.text) === "release";
  const symbol = ts.isIdentifier(node) ? symbolOf(node, unit.checker) : undefined;
  return symbol !== undefined && tracer.releasers.has(symbol);
}

/** `t.after(stop)`, `work().finally(stop)`, `child.on("exit", stop)` */
export function releaserPassed(
  tracer: Tracer,
  call: ts.CallExpression | ts.NewExpression,
  node: ts.Expression,
): void {
  if (ts.isCallExpression(call) && isRegistry(call)) tracer.held = "registered-for-cleanup";
  else if (ts.isCallExpression(call) && calledName(call) === "finally") tracer.release(call);
  else tracer.escape(unknown("escapes-argument", call), call, node);
}
