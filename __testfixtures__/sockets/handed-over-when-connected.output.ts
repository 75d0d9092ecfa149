import { once } from "node:events";
import { Socket } from "node:net";
import { ResourceContext } from "resource-context";

export async function open(port: number, host: string): Promise<Socket> {
  await using ctx = new ResourceContext();
  const socket = ctx.socket(new Socket());
  socket.connect(port, host);
  await once(socket, "connect");
  return ctx.disown(socket);
}
