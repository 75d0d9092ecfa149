import cluster from "node:cluster";
import { MessageChannel } from "node:worker_threads";
import { ResourceContext } from "resource-context";

export async function collect(ask: () => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const channel = ctx.adopt(new MessageChannel(), (channel) => channel.port1.close());
  const worker = ctx.adopt(cluster.fork(), (worker) => worker.kill());
  await ask();
  worker.kill();
  channel.port1.close();
}

export async function listen(ask: () => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const { port1 } = ctx.adopt(new MessageChannel(), (channel) => channel.port1.close());
  port1.on("message", () => undefined);
  await ask();
  port1.close();
}
