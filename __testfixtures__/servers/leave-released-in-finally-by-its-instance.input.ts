import { createServer, type Server } from "node:http";

class PortApi {
  constructor(private readonly server: Server) {}

  close(): void {
    this.server.close();
  }
}

export async function checkPort(port: number): Promise<void> {
  const server = createServer();
  const api = new PortApi(server);
  try {
    await fetch(`http://localhost:${port}`);
  } finally {
    api.close();
  }
}
