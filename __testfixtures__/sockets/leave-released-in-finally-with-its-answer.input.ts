import { once } from "node:events";
import { connect } from "node:net";

export async function ask(port: number, question: string): Promise<string> {
  const socket = connect(port);
  try {
    socket.write(question);
    const [answer] = await once(socket, "data");
    return String(answer);
  } finally {
    socket.destroy();
  }
}
