import { spawn, type ChildProcess } from "node:child_process";
import { ResourceContext } from "resource-context";

class Sender {
  readonly #resources = new ResourceContext();
  #sender?: ChildProcess;

  start(log: string): void {
    this.#sender = this.#resources.process(spawn("send", [log]));
  }

  stop(): void {
    this.#sender?.kill();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#resources.disposeAsync();
  }
}

export class Uploads extends Sender {
  #receiver?: ChildProcess;

  override start(log: string): void {
    super.start(log);
    this.#receiver = ResourceContext.root.process(spawn("receive", [log]));
  }

  override stop(): void {
    this.#receiver?.kill();
    super.stop();
  }
}
