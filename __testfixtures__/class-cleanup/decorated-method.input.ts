import { spawn, type ChildProcess } from "node:child_process";

function logged<This, Args extends unknown[]>(
  method: (this: This, ...args: Args) => void,
  _: ClassMethodDecoratorContext<This>,
): (this: This, ...args: Args) => void {
  return method;
}

export class LogTail {
  #child: ChildProcess | undefined;

  @logged
  start(file: string): void {
    this.#child = spawn("tail", ["-F", file]);
  }

  @logged
  stop(): void {
    this.#child?.kill();
  }
}
