import { connect, type Socket } from "node:net";

export async function converse(port: number, talk: (socket: Socket) => Promise<void>): Promise<void> {
  const socket = connect(port);
  try {
    await talk(socket);
  } finally {
    socket.destroy();
  }
}
