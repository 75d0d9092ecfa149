import { createServer } from "node:http";

export async function serve(port: number, isUp: (port: number) => Promise<boolean>): Promise<boolean> {
  const server = createServer((request, response) => response.end(request.url)).listen(port);
  if (await isUp(port)) return true;
  server.close();
  return false;
}
