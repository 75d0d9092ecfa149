import * as http2 from "node:http2";
import https from "node:https";
import { createServer } from "node:tls";
import { ResourceContext } from "resource-context";

export async function probe(options: { key: string; cert: string }, check: () => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const plain = ctx.server(http2.createServer());
  const secure = ctx.server(http2.createSecureServer(options));
  const web = ctx.server(https.createServer(options));
  const raw = ctx.server(createServer(options));
  await check();
  raw.close();
  web.close();
  secure.close();
  plain.close();
}
