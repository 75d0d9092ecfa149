import { WebSocketServer } from "ws";

export async function collect(port: number, run: () => Promise<string[]>): Promise<string[]> {
  const server = new WebSocketServer({ port });
  const lines = await run();
  server.close();
  return lines;
}
