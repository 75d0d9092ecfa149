import { once } from "node:events";
import { Worker } from "node:worker_threads";

export class Indexer {
  private worker: Worker | undefined;

  async start(): Promise<void> {
    const worker = new Worker("./indexer.js");
    await once(worker, "online");
    this.worker = worker;
  }

  async close(): Promise<void> {
    await this.worker?.terminate();
  }
}
