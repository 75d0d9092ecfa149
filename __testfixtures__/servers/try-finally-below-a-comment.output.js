import net from "node:net";
import { ResourceContext } from "resource-context";

export async function createServer(check) {
  const app = check();

  const ctx = new ResourceContext();
  try {
    /**
     * Not listening yet.
     * @type {import("net").Server}
     */
    const server = ctx.server(net.createServer());
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
