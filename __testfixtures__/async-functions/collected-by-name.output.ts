import { createServer, type Server } from "node:net";
import { ResourceContext } from "resource-context";

export async function probe(ports: readonly number[], visit: (port: number) => Promise<void>): Promise<void> {
  const servers = new Map<number, Server>();
  await using ctx = new ResourceContext();
  for (const port of ports) {
    const server = ctx.server(createServer());
    server.listen(port);
    servers.set(port, server);
  }
  for (const port of servers.keys()) await visit(port);
  for (const [, server] of servers) server.close();
}
