import { ts } from "ts-morph";
import { listeningOf } from "../../analyse/listeners.js";
import type { Tracer } from "./uses.js";

/** A listener has no handle: it is taken back by a call that names the same object, event and function. */
export function traceListener(tracer: Tracer): void {
  const { call, unit } = tracer.site;
  const found = ts.isCallExpression(call) ? listeningOf(call, unit) : undefined;
  for (const removal of found?.removals ?? []) {
    tracer.release(removal);
    const [, listener] = removal.arguments;
    if (listener !== undefined && ts.isIdentifier(listener)) tracer.captured(listener);
  }
}
