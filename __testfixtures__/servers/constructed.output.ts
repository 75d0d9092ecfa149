import http from "node:http";
import net from "node:net";
import { ResourceContext } from "resource-context";

export async function probe(port: number, visit: () => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const server = ctx.server(new http.Server());
  const raw = ctx.server(new net.Server());
  server.listen(port);
  await visit();
  raw.close();
  server.close();
}
