import * as cp from "node:child_process";
import { once } from "node:events";
import * as http from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { CleanupError, ResourceContext } from "../../src/index.js";
import {
  NetworkResourceManager,
  WebSocketHealthMonitor,
  ManagedWebSocketConnection,
} from "../../src/network/index.js";
import { isAlive, until } from "../helpers.js";
import { listen } from "./support/servers.js";
import { client, endAll, serve, serveHalfOpen } from "./support/sockets.js";

afterEach(endAll);

async function took(work: Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work;
  return performance.now() - begin;
}

describe("a network resource manager", () => {
  it("makes what is asked for, ready to use, and closes all of it", async () => {
    const { url } = await serve();
    const manager = new NetworkResourceManager();
    const web = await manager.server(http.createServer((_request, response) => response.end("page")));
    const page = `http://127.0.0.1:${await listen(web)}`;
    const sockets = await manager.createWebSocketServer({ port: 0, handler: () => {} });
    const socket = await manager.createWebSocket(url);
    const requests = await manager.createHttpClient();
    expect(await (await requests.request(page)).body.text()).toBe("page");
    expect(await manager.checkPort(sockets.port)).toBe(true);
    await manager.waitForPort(sockets.port);
    expect(socket.isConnected).toBe(true);
    await manager.close();
    expect([sockets, socket, requests].map(({ state }) => state)).toEqual(["closed", "closed", "closed"]);
    expect(web.listening).toBe(false);
    await expect(manager.createHttpClient()).rejects.toMatchObject({ code: "ERR_RESOURCE_STATE" });
  });

  it("closes servers first, then sockets, then clients, whatever the order they were made in", async () => {
    const order: string[] = [];
    const { url, accepted } = await serve();
    const manager = new NetworkResourceManager();
    const requests = await manager.createHttpClient();
    const slow = http.createServer((_request, response) => void setTimeout(() => response.end("done"), 200));
    const page = `http://127.0.0.1:${await listen(slow)}`;
    await manager.createWebSocket(url);
    await manager.server(slow);
    accepted[0]?.once("close", () => order.push("socket"));
    slow.once("close", () => order.push("server"));
    // The client is needed until the very end: the server that closes is still answering it.
    const answered = requests.request(page).then(async ({ body }) => order.push(await body.text()));
    await once(slow, "request");
    await manager.close();
    await answered;
    expect(order.filter((what) => what !== "done")).toEqual(["server", "socket"]);
    expect(order).toContain("done");
    expect(requests.state).toBe("closed");
  });

  it("ends processes last, whoever started them", async () => {
    const { url, accepted } = await serve();
    const manager = new NetworkResourceManager();
    const spawned = await manager.createSubprocess({ command: "sleep", args: ["60"] });
    const child = cp.spawn("sleep", ["60"]);
    const adopted = await manager.createSubprocess({ adopt: child });
    await manager.createWebSocket(url);
    let wereAlive = false;
    accepted[0]?.once("close", () => (wereAlive = isAlive(spawned.value.pid) && isAlive(child.pid)));
    const pids = [spawned.value.pid, adopted.value.pid];
    await manager.close();
    expect(wereAlive).toBe(true);
    expect(pids.map(isAlive)).toEqual([false, false]);
  });

  it("closes what was still being opened", async () => {
    const { url, stop } = await serve();
    await stop();
    const manager = new NetworkResourceManager();
    const opening = manager.createWebSocket(url, { reconnect: { baseDelay: 20_000 } });
    const refused = expect(opening).rejects.toMatchObject({ code: "ERR_RESOURCE_STATE" });
    await until(() => false, 100);
    expect(await took(manager.close())).toBeLessThan(5_000);
    await refused;
  });

  it("goes on when one does not close in time, and says which", async () => {
    const half = await serveHalfOpen();
    const manager = new NetworkResourceManager({ totalTimeout: 200 });
    await manager.createWebSocket(half.url, { closeTimeout: 3_000 });
    const requests = await manager.createHttpClient();
    const error: unknown = await manager.close().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CleanupError);
    expect(error).toMatchObject({ kinds: ["websocket"] });
    expect(requests.state).toBe("closed");
  });

  it("closes with the context that holds it", async () => {
    const { url } = await serve();
    const ctx = new ResourceContext();
    const manager = ctx.use(new NetworkResourceManager());
    const socket = await manager.createWebSocket(url);
    await ctx.disposeAsync({ throwErrors: true });
    expect(socket.state).toBe("closed");
  });

  it("closes what it can without waiting", async () => {
    const { url } = await serve();
    const manager = new NetworkResourceManager();
    const sockets = await manager.createWebSocketServer({ port: 0, handler: () => {} });
    const peer = await client(`ws://127.0.0.1:${sockets.port}`);
    const socket = await manager.createWebSocket(url);
    const web = await manager.server(http.createServer());
    await listen(web);
    manager.closeSync();
    expect((await once(peer, "close"))[0]).toBe(1006);
    expect([socket.isConnected, web.listening]).toEqual([false, false]);
  });

  it("looks after what it made, when that is asked for", async () => {
    const { url, accepted } = await serve();
    const manager = new NetworkResourceManager({ health: { interval: 20, timeout: 500, failures: 2 } });
    const socket = await manager.createWebSocket(url, { name: "feed" });
    expect(await until(() => manager.monitor.status().length === 1)).toBe(true);
    expect(manager.monitor.status()).toMatchObject([{ name: "feed", kind: "websocket", status: "ok" }]);
    accepted[0]?.terminate();
    expect(await until(() => accepted.length === 2)).toBe(true);
    expect(await until(() => socket.isConnected)).toBe(true);
    await manager.close();
  });

  it("refuses bad options", () => {
    expect(() => new NetworkResourceManager({ totalTimeout: -1 })).toThrow(/milliseconds/);
    expect(() => new NetworkResourceManager(JSON.parse('{"timeout":1}'))).toThrow(
      expect.objectContaining({ code: "ERR_UNKNOWN_OPTION" }),
    );
  });
});

describe("a WebSocket health monitor", () => {
  it("asks the peer for a sign of life", async () => {
    const { url } = await serve();
    await using socket = new ManagedWebSocketConnection(url);
    await socket.initialize();
    const monitor = new WebSocketHealthMonitor();
    monitor.watch(socket);
    expect(await monitor.check()).toMatchObject([{ status: "ok", kind: "websocket", name: url }]);
    expect(monitor.status()[0]?.detail).toMatch(/^answered after \d+ ms$/);
  });

  it("sees that a peer is half open, which the socket does not know, and connects again", async () => {
    const half = await serveHalfOpen();
    const socket = new ManagedWebSocketConnection(half.url, { closeTimeout: 50 });
    await socket.initialize();
    expect((await socket.health()).status).toBe("ok");
    const monitor = new WebSocketHealthMonitor({ interval: 10, timeout: 50, failures: 2 });
    monitor.watch(socket);
    monitor.start();
    expect(await until(() => half.sockets.length === 2)).toBe(true);
    monitor.stop();
    await socket.close();
  });

  it("leaves it to the hook where there is one", async () => {
    const { url, accepted } = await serve();
    await using socket = new ManagedWebSocketConnection(url);
    await socket.initialize();
    const monitor = new WebSocketHealthMonitor({ interval: 10, failures: 1 });
    const restarts: string[] = [];
    monitor.watch(socket, { name: "feed", restart: ({ name }) => restarts.push(name) });
    monitor.start();
    accepted[0]?.terminate();
    expect(await until(() => restarts.length > 0)).toBe(true);
    monitor.stop();
    expect(restarts[0]).toBe("feed");
    expect(accepted).toHaveLength(1);
  });
});
