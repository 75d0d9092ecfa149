import { closeSync, openSync, readFileSync } from "node:fs";
import { ResourceContext } from "resource-context";

for (const log of process.argv.slice(2)) {
  using ctx = new ResourceContext();
  const descriptor = ctx.adopt(openSync(log, "r"), closeSync);
  console.log(readFileSync(descriptor, "utf8"));
  closeSync(ctx.disown(descriptor));
}

export class Log {
  static version: string;
  static {
    using ctx = new ResourceContext();
    const descriptor = ctx.adopt(openSync("version", "r"), closeSync);
    this.version = readFileSync(descriptor, "utf8");
    closeSync(ctx.disown(descriptor));
  }
}
