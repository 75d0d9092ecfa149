import { ts } from "ts-morph";
import { partOf } from "../summaries/parts.js";
import { leavesFunction } from "./escapes.js";
import { killingByPid } from "./releases.js";
import type { Tracer } from "./uses.js";

/** `child[Symbol.asyncDispose]()` ends it; `child["stdout"]` is a part of it. */
export function elementUse(tracer: Tracer, access: ts.ElementAccessExpression): void {
  const { parent, argumentExpression } = access;
  if (ts.isCallExpression(parent) && /^Symbol\.(asyncD|d)ispose$/.test(argumentExpression.getText()))
    tracer.release(parent);
  else if (partOf(tracer.site, argumentExpression.getText()) === undefined) partUse(tracer, access);
  else tracer.value(access);
}

/** `child.stdout`, `child.pid`: does not move the handle, but may have to outlive the function. */
export function partUse(tracer: Tracer, access: ts.Expression): void {
  const kill = killingByPid(access);
  if (kill !== undefined) tracer.release(kill);
  else if (leavesFunction(access)) tracer.partEscapes = true;
}
