import { createServer } from "node:http";

export async function checkPort(port: number): Promise<void> {
  const server = createServer();
  try {
    await new Promise<void>((resolve) => server.listen(port, resolve));
    await fetch(`http://localhost:${port}`);
  } finally {
    if (server.listening) server.close();
  }
}
