import { createServer, type Server } from "node:net";

export async function probe(ports: readonly number[], visit: (port: number) => Promise<void>): Promise<void> {
  const servers = new Map<number, Server>();
  for (const port of ports) {
    const server = createServer();
    server.listen(port);
    servers.set(port, server);
  }
  for (const port of servers.keys()) await visit(port);
  for (const [, server] of servers) server.close();
}
