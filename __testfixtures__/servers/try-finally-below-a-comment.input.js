import net from "node:net";

export async function createServer(check) {
  const app = check();

  /**
   * Not listening yet.
   * @type {import("net").Server}
   */
  const server = net.createServer();
  /*
    Fails when it must not run.
  */
  check(app);
  return { server };
}
