import { spawn } from "node:child_process";
import { once } from "node:events";
import { ResourceContext } from "resource-context";

export class Thumbnails {
  make(file: string): Promise<void>;
  make(file: string, size: number): Promise<void>;
  async make(file: string, size = 200): Promise<void> {
    await using ctx = new ResourceContext();
    const child = ctx.process(spawn("convert", [file, "-thumbnail", String(size)]));
    await this.reserve(size);
    await once(child, "close");
  }

  private async reserve(size: number): Promise<void> {
    if (size > 4000) throw new RangeError("too large");
  }
}
