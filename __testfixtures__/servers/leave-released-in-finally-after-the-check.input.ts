import { createServer } from "node:net";

export async function withServer(port: number, check: () => Promise<void>): Promise<void> {
  const server = createServer().listen(port);
  try {
    await check();
  } finally {
    server.close();
  }
}
