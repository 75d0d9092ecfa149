import { createServer, type Server } from "node:http";

class PortApi {
  constructor(readonly server: Server) {}

  answer(port: number): void {
    this.server.listen(port);
  }
}

export async function checkPort(port: number): Promise<void> {
  const api = new PortApi(createServer());
  api.answer(port);
  await fetch(`http://localhost:${port}`);
}
