import * as http2 from "node:http2";
import https from "node:https";
import { createServer } from "node:tls";

export async function probe(options: { key: string; cert: string }, check: () => Promise<void>): Promise<void> {
  const plain = http2.createServer();
  const secure = http2.createSecureServer(options);
  const web = https.createServer(options);
  const raw = createServer(options);
  await check();
  raw.close();
  web.close();
  secure.close();
  plain.close();
}
