import http from "node:http";
import https from "node:https";
import { Agent, Client, Pool, ProxyAgent } from "undici";

export async function measure(url: string, wait: () => Promise<void>): Promise<void> {
  const plain = new http.Agent({ keepAlive: true });
  const secure = new https.Agent({ keepAlive: true });
  const agent = new Agent();
  const client = new Client(url);
  const pool = new Pool(url);
  const proxy = new ProxyAgent(url);
  const asked = http.request(url);
  const askedSecurely = https.request(url);
  const got = http.get(url);
  const gotSecurely = https.get(url);
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
