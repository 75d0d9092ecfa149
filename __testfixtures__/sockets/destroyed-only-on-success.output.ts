import { once } from "node:events";
import { connect } from "node:net";
import { ResourceContext } from "resource-context";

export async function greet(port: number): Promise<string> {
  await using ctx = new ResourceContext();
  const socket = ctx.socket(connect(port));
  const [line] = await once(socket, "data");
  socket.destroy();
  return String(line);
}
