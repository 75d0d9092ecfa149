import { createServer, type Server } from "node:http";

const all: Server[] = [];

class PortApi {
  readonly server: Server;

  constructor(server: Server) {
    this.server = server;
    all.push(server);
  }

  close(): void {
    this.server.close();
  }
}

export async function checkPort(port: number): Promise<void> {
  const api = new PortApi(createServer());
  await fetch(`http://localhost:${port}`);
  api.close();
}
