import { connect } from "node:net";
import { once } from "node:events";

export async function greet(port: number, greeting: string): Promise<void> {
  const socket = connect(port);
  try {
    await once(socket, "connect");
    socket.write(greeting);
  } finally {
    socket.destroy();
  }
}
