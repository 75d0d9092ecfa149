import { createServer, type Server } from "node:http";

export function serverFor(given: Server | undefined): Server {
  const server = given ?? createServer();
  return server;
}

export async function visit(given: Server | undefined, load: (server: string) => Promise<void>): Promise<void> {
  const server = serverFor(given);
  await load(String(server.listening));
  server.close();
}
