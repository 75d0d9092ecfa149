import { once } from "node:events";
import { Worker } from "node:worker_threads";

export async function indexAll(saved: Promise<void>): Promise<void> {
  const worker = new Worker("./index-worker.js");
  await Promise.all([saved, once(worker, "exit")]);
}
