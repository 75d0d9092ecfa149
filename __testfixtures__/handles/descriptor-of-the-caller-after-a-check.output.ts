import * as fs from "node:fs";
import { ResourceContext } from "resource-context";

export function openLog(file: string): number {
  using ctx = new ResourceContext();
  const descriptor = ctx.adopt(fs.openSync(file, "r"), fs.closeSync);
  if (fs.fstatSync(descriptor).size > 1e9) throw new Error(`${file} is too long`);
  return ctx.disown(descriptor);
}
