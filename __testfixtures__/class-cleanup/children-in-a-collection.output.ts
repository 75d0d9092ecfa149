import { spawn, type ChildProcess } from "node:child_process";
import { ResourceContext } from "resource-context";

export class Workers {
  readonly #resources = new ResourceContext();
  readonly #children = new Map<number, ChildProcess>();

  serve(port: number): void {
    const child = this.#resources.process(spawn("serve", [String(port)]));
    this.#children.set(port, child);
    child.on("exit", () => this.#children.delete(port));
  }

  stop(): void {
    for (const [, child] of this.#children) child.kill();
    this.#children.clear();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#resources.disposeAsync();
  }
}
