import WebSocket, { WebSocket as Client } from "ws";

export async function relay(from: string, to: string, run: () => Promise<void>): Promise<void> {
  const source = new WebSocket(from);
  const target = new Client(to);
  await run();
  target.close();
  source.terminate();
}
