import { createClientPool, createCluster, createSentinel } from "redis";
import * as undici from "undici";
import EventSource from "eventsource";

export async function measure(url: string, wait: () => Promise<void>): Promise<void> {
  const balanced = new undici.BalancedPool(url);
  const round = new undici.RoundRobinPool(url);
  const proxy = new undici.EnvHttpProxyAgent();
  const plain = new undici.H2CClient(url);
  const fake = new undici.MockAgent();
  const events = new EventSource(url);
  const cluster = createCluster({ rootNodes: [] });
  const sentinel = createSentinel({ name: "main" });
  const pool = createClientPool();
  await wait();
  await pool.close();
  await sentinel.close();
  await cluster.close();
  events.close();
  await fake.close();
  await plain.close();
  await proxy.close();
  await round.close();
  await balanced.close();
}
