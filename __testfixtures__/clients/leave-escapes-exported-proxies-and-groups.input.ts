import EventSource from "eventsource";
import { Cluster, Redis } from "ioredis";
import { createClientPool, createCluster, createSentinel } from "redis";
import * as undici from "undici";

export const balanced = new undici.BalancedPool("http://localhost");
export const round = new undici.RoundRobinPool("http://localhost");
export const proxy = new undici.EnvHttpProxyAgent();
export const plain = new undici.H2CClient("http://localhost");
export const fake = new undici.MockAgent();
export const events = new EventSource("http://localhost");
export const group = createCluster({ rootNodes: [] });
export const sentinel = createSentinel({ name: "main" });
export const pool = createClientPool();
export const nodes = new Cluster([]);
export const same = new Redis.Cluster([]);
