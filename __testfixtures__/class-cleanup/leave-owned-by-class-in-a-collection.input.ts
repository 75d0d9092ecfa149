import { createServer, type Server } from "node:http";

export class Ports {
  readonly #servers = new Set<Server>();

  listen(port: number): void {
    const server = createServer();
    this.#servers.add(server);
    server.listen(port);
  }

  close(): void {
    for (const server of this.#servers) server.close();
  }
}
