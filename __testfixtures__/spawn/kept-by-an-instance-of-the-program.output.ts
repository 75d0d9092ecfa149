import { spawn, type ChildProcess } from "node:child_process";
import { ResourceContext } from "resource-context";

class LogTail {
  readonly #child: ChildProcess;

  constructor(child: ChildProcess) {
    this.#child = child;
  }

  stop(): void {
    this.#child.kill();
  }
}

const tail = new LogTail(ResourceContext.root.process(spawn("tail", ["-F", "upload.log"])));
process.once("SIGUSR2", () => tail.stop());
