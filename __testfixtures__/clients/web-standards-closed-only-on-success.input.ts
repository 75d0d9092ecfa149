export async function listen(url: string, until: () => Promise<void>): Promise<void> {
  const events = new EventSource(url);
  const channel = new BroadcastChannel("changes");
  const socket = new WebSocket(process.env["FEED"] ?? url);
  await until();
  socket.close();
  channel.close();
  events.close();
}
