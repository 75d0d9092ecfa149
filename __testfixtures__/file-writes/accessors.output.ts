import { readFileSync } from "node:fs";
import { atomicWriteFileSync } from "resource-context";

export class PortFile {
  constructor(private readonly file: string) {}

  get port(): number {
    return Number(readFileSync(this.file, "utf8"));
  }

  set port(port: number) {
    atomicWriteFileSync(this.file, String(port));
  }
}
