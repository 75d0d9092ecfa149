import { createServer } from "vite";
import { ResourceContext } from "resource-context";

export async function start(root: string) {
  await using ctx = new ResourceContext();
  const server = ctx.adopt(await createServer({ root }), (server) => server.close());
  await server.listen();
  return ctx.disown(server);
}
