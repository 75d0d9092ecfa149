import { spawn } from "node:child_process";

export class Preview {
  constructor(port) {
    this.child = spawn("vite", ["preview", "--port", String(port)]);
    this.port = port;
  }

  destroy() {
    const { child } = this;
    this.child?.kill();
    return child.exitCode;
  }
}
