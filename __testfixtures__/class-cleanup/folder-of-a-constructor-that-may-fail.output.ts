import { mkdtempSync, rmSync } from "node:fs";
import { ResourceContext } from "resource-context";

export class Uploads {
  readonly folder: string;

  constructor(name: string, unpack: (name: string, folder: string) => void) {
    using ctx = new ResourceContext();
    this.folder = ctx.tempDir(mkdtempSync("/tmp/uploads-"));
    unpack(name, this.folder);
    ResourceContext.root.tempDir(ctx.disown(this.folder));
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true });
  }
}
