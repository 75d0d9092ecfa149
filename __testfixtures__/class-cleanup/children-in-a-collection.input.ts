import { spawn, type ChildProcess } from "node:child_process";

export class Workers {
  readonly #children = new Map<number, ChildProcess>();

  serve(port: number): void {
    const child = spawn("serve", [String(port)]);
    this.#children.set(port, child);
    child.on("exit", () => this.#children.delete(port));
  }

  stop(): void {
    for (const [, child] of this.#children) child.kill();
    this.#children.clear();
  }
}
