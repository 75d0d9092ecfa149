import cluster from "node:cluster";
import { MessageChannel } from "node:worker_threads";

export async function collect(ask: () => Promise<void>): Promise<void> {
  const channel = new MessageChannel();
  const worker = cluster.fork();
  await ask();
  worker.kill();
  channel.port1.close();
}

export async function listen(ask: () => Promise<void>): Promise<void> {
  const { port1 } = new MessageChannel();
  port1.on("message", () => undefined);
  await ask();
  port1.close();
}
