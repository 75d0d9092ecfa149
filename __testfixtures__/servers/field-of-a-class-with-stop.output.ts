import { createServer, type Server } from "node:net";
import { ResourceContext } from "resource-context";

export class Proxy {
  #server: Server | undefined;

  async start(port: number, warmUp: () => Promise<void>): Promise<void> {
    await using ctx = new ResourceContext();
    const server = ctx.server(createServer());
    server.listen(port);
    await warmUp();
    this.#server = ctx.disown(server);
  }

  stop(): void {
    this.#server?.close();
  }
}
