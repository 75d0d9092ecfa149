import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { ResourceContext } from "resource-context";

export async function indexAll(saved: Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const worker = ctx.worker(new Worker("./index-worker.js"));
  await Promise.all([saved, once(worker, "exit")]);
}
