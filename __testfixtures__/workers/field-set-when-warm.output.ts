import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { ResourceContext } from "resource-context";

export class Indexer {
  private worker: Worker | undefined;

  async start(): Promise<void> {
    await using ctx = new ResourceContext();
    const worker = ctx.worker(new Worker("./indexer.js"));
    await once(worker, "online");
    this.worker = ctx.disown(worker);
  }

  async close(): Promise<void> {
    await this.worker?.terminate();
  }
}
