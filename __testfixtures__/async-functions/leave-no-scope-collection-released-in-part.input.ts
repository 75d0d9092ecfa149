import { createServer, type Server } from "node:http";

export async function keepOne(ports: readonly number[], isBest: (server: string) => Promise<boolean>): Promise<void> {
  const servers: Server[] = [];
  for (const port of ports) servers.push(createServer().listen(port));
  for (const server of servers) if (!(await isBest(String(server.address())))) server.close();
}
