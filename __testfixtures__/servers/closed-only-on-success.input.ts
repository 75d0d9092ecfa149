import { createServer } from "node:http";

export async function waitForCallback(port: number, login: (url: string) => Promise<string>): Promise<string> {
  const server = createServer((_, response) => response.end("You can close this window.")).listen(port);
  const token = await login(`http://localhost:${port}`);
  server.close();
  return token;
}
