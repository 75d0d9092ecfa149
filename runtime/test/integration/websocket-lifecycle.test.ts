import { once } from "node:events";
import * as http from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { ResourceContext } from "../../src/index.js";
import {
  checkPort,
  ManagedHTTPClient,
  ManagedWebSocketConnection,
  ManagedWebSocketServer,
  NetworkResourceManager,
  withWebSocketServer,
} from "../../src/network/index.js";
import { isAlive, until } from "../helpers.js";
import { listen } from "../network/support/servers.js";
import { endAll, serve, serveHalfOpen } from "../network/support/sockets.js";
import { rejection, startChild } from "./support.js";

afterEach(endAll);

describe("WebSocketLifecycleIntegration", () => {
  it("a server, its connections and a client end together, in bounded time", async () => {
    const begin = performance.now();
    await ResourceContext.run(async (ctx) => {
      const server = ctx.use(new ManagedWebSocketServer({ port: 0, handler: () => {} }));
      await server.initialize();
      const client = ctx.use(new ManagedWebSocketConnection(`ws://127.0.0.1:${server.port}`));
      await client.initialize();
      await until(() => server.connections.size === 1);
      expect(client.isConnected).toBe(true);
    });
    expect(performance.now() - begin).toBeLessThan(20_000);
  });

  it("a server frees its port when the body fails", async () => {
    let port = 0;
    const failure = new Error("the work failed");
    const work = withWebSocketServer({ port: 0, handler: () => {} }, (server) => {
      port = server.port;
      throw failure;
    });
    expect(await rejection(work)).toBe(failure);
    expect(await checkPort(port)).toBe(false);
  });

  it("a peer that answers nothing does not keep a connection open", async () => {
    const { url } = await serveHalfOpen();
    const connection = new ManagedWebSocketConnection(url, { closeTimeout: 300 });
    await connection.initialize();
    const begin = performance.now();
    await connection.close();
    expect(performance.now() - begin).toBeLessThan(15_000);
    expect(connection.state).toBe("closed");
  });

  it("an HTTP client answers requests and closes", async () => {
    const web = http.createServer((_request, response) => response.end("page"));
    const url = `http://127.0.0.1:${await listen(web)}`;
    await ResourceContext.run(async (ctx) => {
      ctx.server(web);
      const client = ctx.use(new ManagedHTTPClient());
      await client.initialize();
      expect(await (await client.request(url)).body.text()).toBe("page");
    });
    expect(web.listening).toBe(false);
  });

  it("one manager closes servers, sockets, clients and processes", async () => {
    const { url, accepted } = await serve();
    const { child } = await startChild();
    const manager = new NetworkResourceManager();
    const web = await manager.server(http.createServer());
    const port = await listen(web);
    await manager.createHttpClient();
    await manager.createWebSocket(url);
    await manager.createSubprocess({ adopt: child });
    await until(() => accepted.length === 1);
    const gone = accepted[0] === undefined ? undefined : once(accepted[0], "close");
    await manager.close();
    await gone;
    expect(isAlive(child.pid)).toBe(false);
    expect(await checkPort(port)).toBe(false);
  });
});
