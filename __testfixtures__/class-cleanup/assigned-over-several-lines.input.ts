import { spawn, type ChildProcess } from "node:child_process";

export class Encoder {
  #child: ChildProcess | undefined;

  start(file: string): void {
    this.#child = spawn(
      "ffmpeg",
      ["-i", file, "-f", "null", "-"],
      { stdio: ["ignore", "ignore", "inherit"] },
    );
    this.#child.on("exit", (code) => console.log(`ffmpeg: ${String(code)}`));
  }

  stop(): void {
    this.#child?.kill();
  }
}
