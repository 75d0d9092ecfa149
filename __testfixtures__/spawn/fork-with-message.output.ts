import { fork } from "node:child_process";
import { ResourceContext } from "resource-context";

export class ThumbnailQueue {
  render(images: readonly string[], done: (code: number | null) => void): void {
    const worker = ResourceContext.root.process(fork(new URL("./render.js", import.meta.url), ["--quiet"]));
    worker.on("exit", done);
    worker.send({ images });
  }
}
