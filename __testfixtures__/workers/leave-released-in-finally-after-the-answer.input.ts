import { once } from "node:events";
import { Worker } from "node:worker_threads";

export async function hash(file: string): Promise<unknown> {
  const worker = new Worker("./hash.js", { workerData: file });
  try {
    const [digest] = await once(worker, "message");
    return digest;
  } finally {
    await worker.terminate();
  }
}
