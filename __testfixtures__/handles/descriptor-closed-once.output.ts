import { closeSync, openSync, readSync } from "node:fs";
import { ResourceContext } from "resource-context";

export function magic(file: string): string {
  using ctx = new ResourceContext();
  const descriptor = ctx.adopt(openSync(file, "r"), closeSync);
  const bytes = Buffer.alloc(4);
  readSync(descriptor, bytes);
  closeSync(ctx.disown(descriptor));
  return bytes.toString("hex");
}
