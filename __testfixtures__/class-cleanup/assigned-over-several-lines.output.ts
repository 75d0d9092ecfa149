import { spawn, type ChildProcess } from "node:child_process";
import { ResourceContext } from "resource-context";

export class Encoder {
  readonly #resources = new ResourceContext();
  #child: ChildProcess | undefined;

  start(file: string): void {
    this.#child = spawn(
      "ffmpeg",
      ["-i", file, "-f", "null", "-"],
      { stdio: ["ignore", "ignore", "inherit"] },
    );
    this.#resources.process(this.#child);
    this.#child.on("exit", (code) => console.log(`ffmpeg: ${String(code)}`));
  }

  stop(): void {
    this.#child?.kill();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#resources.disposeAsync();
  }
}
