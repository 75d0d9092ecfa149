import { createServer, type Server } from "node:http";

export function* servers(ports: readonly number[]): Generator<Server> {
  for (const port of ports) {
    const server = createServer().listen(port);
    yield server;
  }
}
