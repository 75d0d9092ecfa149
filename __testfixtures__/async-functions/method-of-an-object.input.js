import { spawn } from "node:child_process";
import { once } from "node:events";

export const jobs = {
  async thumbnail(file) {
    const child = spawn("convert", [file]);
    await this.reserve(file);
    await once(child, "close");
  },

  async reserve(file) {
    if (file === "") throw new Error("no file");
  },
};
