import net from "node:net";

export async function createServer(check) {
  const app = check();

  /**
   * Nobody can connect yet.
   * @type {import("net").Server}
   */
  const server = net.createServer();
  server.listen(0);
  /*
    Fails when it must not run.
  */
  check(app);
  return { server };
}
