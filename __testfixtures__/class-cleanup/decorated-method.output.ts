import { spawn, type ChildProcess } from "node:child_process";
import { ResourceContext } from "resource-context";

function logged<This, Args extends unknown[]>(
  method: (this: This, ...args: Args) => void,
  _: ClassMethodDecoratorContext<This>,
): (this: This, ...args: Args) => void {
  return method;
}

export class LogTail {
  readonly #resources = new ResourceContext();
  #child: ChildProcess | undefined;

  @logged
  start(file: string): void {
    this.#child = this.#resources.process(spawn("tail", ["-F", file]));
  }

  @logged
  stop(): void {
    this.#child?.kill();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#resources.disposeAsync();
  }
}
