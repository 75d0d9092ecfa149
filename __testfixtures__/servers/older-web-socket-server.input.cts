import WebSocket = require("ws");

export async function collect(port: number, run: () => Promise<string[]>): Promise<string[]> {
  const server = new WebSocket.Server({ port });
  const lines = await run();
  server.close();
  return lines;
}
