import { once } from "node:events";
import { createServer, type Server } from "node:net";

export async function startPreview(port: number): Promise<Server> {
  const server = createServer((socket) => socket.end("preview"));
  server.listen(port);
  await once(server, "listening");
  return server;
}
