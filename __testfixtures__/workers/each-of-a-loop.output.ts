import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { ResourceContext } from "resource-context";

export async function renderAll(pages: readonly string[], save: (page: string) => Promise<void>): Promise<void> {
  for (const page of pages) {
    await using ctx = new ResourceContext();
    const worker = ctx.worker(new Worker("./render.js", { workerData: page }));
    await once(worker, "message");
    await save(page);
    await worker.terminate();
  }
}
