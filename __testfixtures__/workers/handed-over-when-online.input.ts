import { once } from "node:events";
import { Worker } from "worker_threads";

export async function startParser(file: string): Promise<Worker> {
  const worker = new Worker(file);
  await once(worker, "online");
  return worker;
}
