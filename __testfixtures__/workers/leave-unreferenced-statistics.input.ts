import { Worker } from "node:worker_threads";

export function collectStatistics(): void {
  const worker = new Worker("./statistics.js");
  worker.unref();
}
