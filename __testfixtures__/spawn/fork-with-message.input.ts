import { fork } from "node:child_process";

export class ThumbnailQueue {
  render(images: readonly string[], done: (code: number | null) => void): void {
    const worker = fork(new URL("./render.js", import.meta.url), ["--quiet"]);
    worker.on("exit", done);
    worker.send({ images });
  }
}
