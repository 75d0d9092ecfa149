import { once } from "node:events";
import { Worker } from "node:worker_threads";

export async function sum(numbers: readonly number[]): Promise<unknown> {
  const worker = new Worker(new URL("./sum.js", import.meta.url), { workerData: numbers });
  const [total] = await once(worker, "message");
  await worker.terminate();
  return total;
}
