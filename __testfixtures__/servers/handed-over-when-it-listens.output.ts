import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { ResourceContext } from "resource-context";

export async function startPreview(port: number): Promise<Server> {
  await using ctx = new ResourceContext();
  const server = ctx.server(createServer((socket) => socket.end("preview")));
  server.listen(port);
  await once(server, "listening");
  return ctx.disown(server);
}
