import http from "node:http";
import https from "node:https";
import { Agent, Client, Pool, ProxyAgent } from "undici";
import { ResourceContext } from "resource-context";

export async function measure(url: string, wait: () => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const plain = ctx.adopt(new http.Agent({ keepAlive: true }), (agent) => agent.destroy());
  const secure = ctx.adopt(new https.Agent({ keepAlive: true }), (agent) => agent.destroy());
  const agent = ctx.adopt(new Agent(), (agent) => agent.destroy());
  const client = ctx.adopt(new Client(url), (agent) => agent.destroy());
  const pool = ctx.adopt(new Pool(url), (agent) => agent.destroy());
  const proxy = ctx.adopt(new ProxyAgent(url), (agent) => agent.destroy());
  const asked = ctx.adopt(http.request(url), (request) => request.destroy());
  const askedSecurely = ctx.adopt(https.request(url), (request) => request.destroy());
  const got = ctx.adopt(http.get(url), (request) => request.destroy());
  const gotSecurely = ctx.adopt(https.get(url), (request) => request.destroy());
  await wait();
  gotSecurely.destroy();
  got.destroy();
  askedSecurely.destroy();
  asked.destroy();
  await proxy.destroy();
  await pool.destroy();
  await client.destroy();
  await agent.destroy();
  secure.destroy();
  plain.destroy();
}
