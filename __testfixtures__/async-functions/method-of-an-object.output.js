import { spawn } from "node:child_process";
import { once } from "node:events";
import { ResourceContext } from "resource-context";

export const jobs = {
  async thumbnail(file) {
    await using ctx = new ResourceContext();
    const child = ctx.process(spawn("convert", [file]));
    await this.reserve(file);
    await once(child, "close");
  },

  async reserve(file) {
    if (file === "") throw new Error("no file");
  },
};
