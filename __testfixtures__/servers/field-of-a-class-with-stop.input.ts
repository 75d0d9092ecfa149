import { createServer, type Server } from "node:net";

export class Proxy {
  #server: Server | undefined;

  async start(port: number, warmUp: () => Promise<void>): Promise<void> {
    const server = createServer();
    server.listen(port);
    await warmUp();
    this.#server = server;
  }

  stop(): void {
    this.#server?.close();
  }
}
