import { createClientPool, createCluster, createSentinel } from "redis";
import * as undici from "undici";
import EventSource from "eventsource";
import { ResourceContext } from "resource-context";

export async function measure(url: string, wait: () => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const balanced = ctx.adopt(new undici.BalancedPool(url), (agent) => agent.destroy());
  const round = ctx.adopt(new undici.RoundRobinPool(url), (agent) => agent.destroy());
  const proxy = ctx.adopt(new undici.EnvHttpProxyAgent(), (agent) => agent.destroy());
  const plain = ctx.adopt(new undici.H2CClient(url), (agent) => agent.destroy());
  const fake = ctx.adopt(new undici.MockAgent(), (agent) => agent.destroy());
  const events = ctx.adopt(new EventSource(url), (connection) => connection.close());
  const cluster = ctx.adopt(createCluster({ rootNodes: [] }), (client) => client.isOpen && client.close());
  const sentinel = ctx.adopt(createSentinel({ name: "main" }), (client) => client.isOpen && client.close());
  const pool = ctx.adopt(createClientPool(), (client) => client.isOpen && client.close());
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
