import { createServer, type Server } from "node:http";

class PortApi {
  #server?: Server;

  async listen(port: number): Promise<void> {
    this.#server = createServer();
    await new Promise<void>((resolve) => this.#server?.listen(port, resolve));
  }

  async close(): Promise<void> {
    this.#server?.close();
  }
}

export async function checkPort(port: number): Promise<void> {
  const api = new PortApi();
  await api.listen(port);
  await fetch(`http://localhost:${port}`);
  await api.close();
}
