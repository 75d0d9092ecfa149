import { once } from "node:events";
import { Worker } from "worker_threads";
import { ResourceContext } from "resource-context";

export async function startParser(file: string): Promise<Worker> {
  await using ctx = new ResourceContext();
  const worker = ctx.worker(new Worker(file));
  await once(worker, "online");
  return ctx.disown(worker);
}
