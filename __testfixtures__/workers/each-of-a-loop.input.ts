import { once } from "node:events";
import { Worker } from "node:worker_threads";

export async function renderAll(pages: readonly string[], save: (page: string) => Promise<void>): Promise<void> {
  for (const page of pages) {
    const worker = new Worker("./render.js", { workerData: page });
    await once(worker, "message");
    await save(page);
    await worker.terminate();
  }
}
