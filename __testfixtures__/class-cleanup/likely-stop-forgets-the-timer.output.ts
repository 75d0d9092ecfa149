import { fork, type ChildProcess } from "node:child_process";
import { ResourceContext } from "resource-context";

export class Heartbeat {
  #resources = new ResourceContext();
  #worker?: ChildProcess;
  #timer?: NodeJS.Timeout;

  start(beat: () => void): void {
    this.#worker = this.#resources.process(fork("./beat.js"));
    this.#timer = this.#resources.timer(setInterval(beat, 1000));
  }

  stop(): void {
    this.#worker?.kill();
    const held = this.#resources;
    this.#resources = new ResourceContext();
    held.dispose();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#resources.disposeAsync();
  }
}
