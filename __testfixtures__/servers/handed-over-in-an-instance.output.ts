import { createServer, type Server } from "node:http";
import { ResourceContext } from "resource-context";

abstract class Endpoint {
  constructor(protected readonly server: Server) {}

  async stop(): Promise<void> {
    this.server.close();
  }
}

class LogEndpoint extends Endpoint {
  constructor(
    readonly port: number,
    server: Server,
  ) {
    super(server);
  }
}

export async function openLog(port: number): Promise<LogEndpoint> {
  await using ctx = new ResourceContext();
  const endpoint = ctx.adopt(new LogEndpoint(port, createServer()), (it) => it.stop());
  await fetch(`http://localhost:${port}`);
  return ctx.disown(endpoint);
}
