import { createServer, type Server } from "node:http";
import { ResourceContext } from "resource-context";

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
  await using ctx = new ResourceContext();
  const api = ctx.adopt(new PortApi(createServer()), (it) => it.close());
  await api.answer(port);
  ctx.disown(api).close();
}
