import { closeSync, openSync, readFileSync } from "node:fs";

for (const log of process.argv.slice(2)) {
  const descriptor = openSync(log, "r");
  console.log(readFileSync(descriptor, "utf8"));
  closeSync(descriptor);
}

export class Log {
  static version: string;
  static {
    const descriptor = openSync("version", "r");
    this.version = readFileSync(descriptor, "utf8");
    closeSync(descriptor);
  }
}
