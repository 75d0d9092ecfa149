import { mkdtempSync, rmSync } from "node:fs";

export class Uploads {
  readonly folder: string;

  constructor(name: string, unpack: (name: string, folder: string) => void) {
    this.folder = mkdtempSync("/tmp/uploads-");
    unpack(name, this.folder);
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true });
  }
}
