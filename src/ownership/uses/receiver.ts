import { ts } from "ts-morph";
import { receiverOf } from "../../analyse/acquisitions.js";
import { symbolOf } from "../../analyse/nodes.js";
import { field } from "./escapes.js";
import { noteReplacements } from "./replacements.js";
import type { Tracer } from "./uses.js";

/** `await server.listen(port)`: from then on the object whose method that is stands for what the method acquires. */
export function traceReceiver(tracer: Tracer): void {
  const { callee, call, unit } = tracer.site;
  const receiver = receiverOf(callee);
  if (receiver === undefined) return;
  if (!ts.isIdentifier(receiver)) return tracer.escape(field(receiver.name.text), call, receiver);
  const declaration = symbolOf(receiver, unit.checker)?.declarations?.[0];
  const name = declaration === undefined ? undefined : ts.getNameOfDeclaration(declaration);
  tracer.bound(name !== undefined && ts.isIdentifier(name) ? name : receiver);
  for (const one of tracer.names) noteReplacements(tracer, one);
}
