import WebSocket = require("ws");
import { ResourceContext } from "resource-context";

export async function collect(port: number, run: () => Promise<string[]>): Promise<string[]> {
  await using ctx = new ResourceContext();
  const server = ctx.server(new WebSocket.Server({ port }));
  const lines = await run();
  server.close();
  return lines;
}
