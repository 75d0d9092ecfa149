import { spawn, type ChildProcess } from "node:child_process";
import { ResourceContext } from "resource-context";

export class LogTail {
  readonly #child: ChildProcess;

  constructor(log: string, check: (log: string) => void) {
    using ctx = new ResourceContext();
    this.#child = ctx.process(spawn("tail", ["-F", log]));
    check(log);
    ResourceContext.root.process(ctx.disown(this.#child));
  }

  stop(): void {
    this.#child.kill();
  }
}
