import { readFileSync, writeFileSync } from "node:fs";

export class PortFile {
  constructor(private readonly file: string) {}

  get port(): number {
    return Number(readFileSync(this.file, "utf8"));
  }

  set port(port: number) {
    writeFileSync(this.file, String(port));
  }
}
