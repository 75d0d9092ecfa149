import { createServer, type Server } from "node:http";

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
  const endpoint = new LogEndpoint(port, createServer());
  await fetch(`http://localhost:${port}`);
  return endpoint;
}
