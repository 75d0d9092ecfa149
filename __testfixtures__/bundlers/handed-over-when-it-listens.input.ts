import { createServer } from "vite";

export async function start(root: string) {
  const server = await createServer({ root });
  await server.listen();
  return server;
}
