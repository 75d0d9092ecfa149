import { createServer } from "node:http";
import { ResourceContext } from "resource-context";

export async function waitForCallback(port: number, login: (url: string) => Promise<string>): Promise<string> {
  await using ctx = new ResourceContext();
  const server = ctx.server(createServer((_, response) => response.end("You can close this window."))).listen(port);
  const token = await login(`http://localhost:${port}`);
  server.close();
  return token;
}
