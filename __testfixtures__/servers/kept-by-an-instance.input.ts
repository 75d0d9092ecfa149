import { createServer, type Server } from "node:http";

class PortApi {
  constructor(private readonly server: Server) {}

  async answer(port: number): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(port, resolve));
  }

  close(): void {
    this.server.close();
  }
}

export async function checkPort(port: number): Promise<void> {
  const api = new PortApi(createServer());
  await api.answer(port);
  api.close();
}
