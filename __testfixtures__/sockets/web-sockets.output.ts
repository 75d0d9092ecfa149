import WebSocket, { WebSocket as Client } from "ws";
import { ResourceContext } from "resource-context";

export async function relay(from: string, to: string, run: () => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const source = ctx.socket(new WebSocket(from));
  const target = ctx.socket(new Client(to));
  await run();
  target.close();
  source.terminate();
}
