import { once } from "node:events";
import { Socket } from "node:net";

export async function open(port: number, host: string): Promise<Socket> {
  const socket = new Socket();
  socket.connect(port, host);
  await once(socket, "connect");
  return socket;
}
