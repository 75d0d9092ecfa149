import { spawn } from "node:child_process";
import { ResourceContext } from "resource-context";

export class Stack {
  readonly #resources = new ResourceContext();
  readonly database = this.#resources.process(spawn("postgres", ["-D", "data"]));
  readonly cache = this.#resources.process(spawn("redis-server"));

  shutDown(): void {
    this.cache.kill();
    this.database.kill();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#resources.disposeAsync();
  }
}
