import { once } from "node:events";
import { connect } from "node:net";

export async function greet(port: number): Promise<string> {
  const socket = connect(port);
  const [line] = await once(socket, "data");
  socket.destroy();
  return String(line);
}
