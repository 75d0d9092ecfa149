import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { ResourceContext } from "resource-context";

export async function sum(numbers: readonly number[]): Promise<unknown> {
  await using ctx = new ResourceContext();
  const worker = new Worker(new URL("./sum.js", import.meta.url), { workerData: numbers });
  ctx.worker(worker);
  const [total] = await once(worker, "message");
  await worker.terminate();
  return total;
}
