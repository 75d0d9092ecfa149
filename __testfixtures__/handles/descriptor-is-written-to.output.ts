import { closeSync, openSync, writeFileSync } from "node:fs";
import { ResourceContext } from "resource-context";

export function save(file: string, parts: Iterable<string>): void {
  let last = -1;
  using ctx = new ResourceContext();
  const descriptor = ctx.adopt(openSync(file, "w"), closeSync);
  for (const part of parts) writeFileSync(descriptor, part);
  last = descriptor;
  writeFileSync(last, "end");
  closeSync(ctx.disown(descriptor));
}
