import { ResourceContext } from "resource-context";

export async function listen(url: string, until: () => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const events = ctx.adopt(new EventSource(url), (connection) => connection.close());
  const channel = ctx.adopt(new BroadcastChannel("changes"), (connection) => connection.close());
  const socket = ctx.socket(new WebSocket(process.env["FEED"] ?? url));
  await until();
  socket.close();
  channel.close();
  events.close();
}
