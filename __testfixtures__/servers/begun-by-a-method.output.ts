import { createServer, type Server } from "node:http";
import { ResourceContext } from "resource-context";

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
  await using ctx = new ResourceContext();
  await api.listen(port);
  ctx.adopt(api, (it) => it.close());
  await fetch(`http://localhost:${port}`);
  await ctx.disown(api).close();
}
