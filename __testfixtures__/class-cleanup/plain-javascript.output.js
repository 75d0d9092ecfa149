import { spawn } from "node:child_process";
import { ResourceContext } from "resource-context";

export class Preview {
  #resources = new ResourceContext();

  constructor(port) {
    this.child = this.#resources.process(spawn("vite", ["preview", "--port", String(port)]));
    this.port = port;
  }

  destroy() {
    const { child } = this;
    this.child?.kill();
    return child.exitCode;
  }

  async [Symbol.asyncDispose]() {
    await this.#resources.disposeAsync();
  }
}
