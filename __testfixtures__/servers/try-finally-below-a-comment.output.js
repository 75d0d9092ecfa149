import net from "node:net";
import { ResourceContext } from "resource-context";

export async function createServer(check) {
  const app = check();

  const ctx = new ResourceContext();
  try {
    /**
     * Nobody can connect yet.
     * @type {import("net").Server}
     */
    const server = ctx.server(net.createServer());
    server.listen(0);
    /*
      Fails when it must not run.
    */
    check(app);
    ctx.disown(server);
    return { server };
  } finally {
    await ctx.disposeAsync();
  }
}
