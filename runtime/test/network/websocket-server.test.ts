import { once } from "node:events";
import * as http from "node:http";
import * as net from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { configure, ResourceContext } from "../../src/index.js";
import {
  type ConnectionHandler,
  ManagedWebSocketServer,
  withWebSocketServer,
} from "../../src/network/index.js";
import { sleep, until } from "../helpers.js";
import { dial, listen } from "./support/servers.js";
import { client, endAll } from "./support/sockets.js";

afterEach(endAll);

const quiet = (): void => {};
const urlOf = (server: ManagedWebSocketServer): string => `ws://127.0.0.1:${server.port}`;
const HANDSHAKE = [
  "GET / HTTP/1.1",
  "Host: localhost",
  "Upgrade: websocket",
  "Connection: Upgrade",
  "Sec-WebSocket-Version: 13",
  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
  "",
  "",
].join("\r\n");

async function took(work: Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work;
  return performance.now() - begin;
}

async function running(
  options: Partial<ConstructorParameters<typeof ManagedWebSocketServer>[0]> = {},
): Promise<ManagedWebSocketServer> {
  const port = options.server === undefined ? { port: 0 } : {};
  const server = new ManagedWebSocketServer({ handler: quiet, ...port, ...options });
  await server.initialize();
  return server;
}

/** A client that shakes hands and then neither reads nor answers. */
async function halfOpen(port: number): Promise<net.Socket> {
  const { socket } = await dial(port);
  socket.write(HANDSHAKE);
  await once(socket, "data");
  return socket.pause();
}

describe("a managed WebSocket server", () => {
  it("hands each connection to its handler, and knows who is connected", async () => {
    const handler: ConnectionHandler = (socket, { url }) =>
      socket.on("message", (data) => socket.send(`${String(data)} ${url ?? ""}`, () => {}));
    const server = await running({ handler });
    const socket = await client(`${urlOf(server)}/jobs`);
    socket.send("next");
    expect(String((await once(socket, "message"))[0])).toBe("next /jobs");
    expect(server.connections.size).toBe(1);
    socket.close();
    expect(await until(() => server.connections.size === 0)).toBe(true);
    await server.close();
  });

  it("says goodbye to everybody with 1001, then is gone", async () => {
    const server = await running();
    const [port, sockets] = [server.port, await Promise.all([1, 2, 3].map(() => client(urlOf(server))))];
    const codes = sockets.map(async (socket) => (await once(socket, "close"))[0]);
    expect(await took(server.close())).toBeLessThan(5_000);
    expect(await Promise.all(codes)).toEqual([1001, 1001, 1001]);
    await expect(once(net.connect(port, "127.0.0.1"), "connect")).rejects.toMatchObject({
      code: "ECONNREFUSED",
    });
  });

  it("cuts who does not answer, after the close timeout and no later", async () => {
    const server = await running({ closeTimeout: 300 });
    const socket = await halfOpen(server.port);
    const polite = await client(urlOf(server));
    const code = once(polite, "close");
    const ms = await took(server.close());
    expect(ms).toBeGreaterThan(250);
    expect(ms).toBeLessThan(5_000);
    expect((await code)[0]).toBe(1001);
    expect(server.connections.size).toBe(0);
    socket.destroy();
  });

  it("ends in time for the context that holds it, with peers that do not answer", async () => {
    configure({ resourceTimeout: 2_000 });
    const ctx = new ResourceContext();
    const server = ctx.use(new ManagedWebSocketServer({ port: 0, handler: quiet }));
    configure({ resourceTimeout: 10_000 });
    await server.initialize();
    const socket = await halfOpen(server.port);
    await ctx.disposeAsync({ throwErrors: true });
    expect(server.state).toBe("closed");
    socket.destroy();
  });

  it("ends connections that never became WebSockets at once", async () => {
    const server = await running();
    const { socket } = await dial(server.port);
    const half = await dial(server.port);
    half.socket.write("GET / HTTP/1.1\r\nHo");
    await sleep(50);
    expect(await took(server.close())).toBeLessThan(3_000);
    expect(await until(() => socket.readyState !== "open")).toBe(true);
  });

  it("takes nobody while it closes", async () => {
    const server = await running({ closeTimeout: 500 });
    const [stuck, late] = [await halfOpen(server.port), await dial(server.port)];
    const closing = server.close();
    late.socket.write(HANDSHAKE);
    expect(await until(() => late.socket.readyState !== "open")).toBe(true);
    expect(late.data()).not.toContain("101 Switching");
    await closing;
    stuck.destroy();
  });

  it("refuses with 503 when as many are connected as may be", async () => {
    const server = await running({ maxConnections: 2 });
    const first = await client(urlOf(server));
    await client(urlOf(server));
    expect((await server.health()).status).toBe("degraded");
    const refused = await dial(server.port);
    refused.socket.write(HANDSHAKE);
    expect(await until(() => refused.data().includes("503 Service Unavailable"))).toBe(true);
    first.close();
    expect(await until(() => server.connections.size === 1)).toBe(true);
    await client(urlOf(server));
    await server.close();
  });

  it("ends a client that does not answer its pings", async () => {
    const server = await running({ pingInterval: 50, pongTimeout: 100 });
    const socket = await halfOpen(server.port);
    expect(server.connections.size).toBe(1);
    expect(await until(() => server.connections.size === 0)).toBe(true);
    await server.close();
    socket.destroy();
  });

  it.each([
    [
      "throws",
      () => {
        throw new Error("no such job");
      },
    ],
    ["rejects", () => Promise.reject(new Error("no such job"))],
  ])("closes with 1011 a connection whose handler %s, and goes on", async (_name, handler) => {
    const server = await running({ handler });
    const socket = await client(urlOf(server));
    expect((await once(socket, "close"))[0]).toBe(1011);
    await client(urlOf(server));
    await server.close();
  });

  it("survives a peer that breaks the protocol", async () => {
    const server = await running();
    const { socket } = await dial(server.port);
    socket.write(HANDSHAKE);
    await once(socket, "data");
    socket.write(Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff]));
    expect(await until(() => server.connections.size === 0)).toBe(true);
    expect((await server.health()).status).toBe("ok");
    await server.close();
  });

  it("ends a peer that sends more than it takes", async () => {
    const server = await running({ maxPayload: 100 });
    const socket = await client(urlOf(server));
    socket.send("x".repeat(101));
    expect((await once(socket, "close"))[0]).toBe(1009);
    await server.close();
  });

  it("works on a server that exists, for its path, and leaves that server alone", async () => {
    const shared = http.createServer((_request, response) => response.end("page"));
    const port = await listen(shared);
    const server = await running({ server: shared, path: "/jobs" });
    const socket = await client(`ws://127.0.0.1:${port}/jobs?id=1`);
    await expect(client(`ws://127.0.0.1:${port}/other`)).rejects.toBeDefined();
    const code = once(socket, "close");
    await server.close();
    expect((await code)[0]).toBe(1001);
    expect(shared.listening).toBe(true);
    expect(shared.listenerCount("upgrade")).toBe(0);
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe("page");
    shared.close();
    shared.closeAllConnections();
  });

  it("leaves what is not for its path to others on the same server", async () => {
    const shared = http.createServer();
    const port = await listen(shared);
    const [jobs, logs] = [
      await running({ server: shared, path: "/jobs" }),
      await running({ server: shared, path: "/logs" }),
    ];
    await Promise.all([client(`ws://127.0.0.1:${port}/jobs`), client(`ws://127.0.0.1:${port}/logs`)]);
    expect([jobs.connections.size, logs.connections.size]).toEqual([1, 1]);
    await Promise.all([jobs.close(), logs.close()]);
    shared.close();
    shared.closeAllConnections();
  });

  it("fails when its port is taken, and holds nothing then", async () => {
    const taken = net.createServer();
    const port = await listen(taken);
    const server = new ManagedWebSocketServer({ port, handler: quiet });
    await expect(server.initialize()).rejects.toMatchObject({ code: "EADDRINUSE" });
    await server.close();
    taken.close();
  });

  it("closes what it can without waiting", async () => {
    const server = await running();
    const socket = await client(urlOf(server));
    server.closeSync();
    expect((await once(socket, "close"))[0]).toBe(1006);
  });
});

describe("withWebSocketServer", () => {
  it("closes the server after the body, and gives its result", async () => {
    const kept: ManagedWebSocketServer[] = [];
    const result = await withWebSocketServer({ port: 0, handler: quiet }, async (server) => {
      kept.push(server);
      await client(urlOf(server));
      return server.connections.size;
    });
    expect(result).toBe(1);
    expect(kept[0]?.state).toBe("closed");
  });

  it("closes it also when the body throws, whose error comes first", async () => {
    const kept: ManagedWebSocketServer[] = [];
    const work = withWebSocketServer({ port: 0, handler: quiet }, (server) => {
      kept.push(server);
      throw new Error("no such job");
    });
    await expect(work).rejects.toThrow("no such job");
    expect(kept[0]?.state).toBe("closed");
  });
});

describe("bad input", () => {
  const handler = quiet;
  it.each([
    ["neither a port nor a server", () => new ManagedWebSocketServer({ handler }), "ERR_INVALID_ARGUMENT"],
    [
      "both",
      () => new ManagedWebSocketServer({ handler, port: 0, server: http.createServer() }),
      "ERR_INVALID_ARGUMENT",
    ],
    [
      "a port that does not exist",
      () => new ManagedWebSocketServer({ handler, port: 70_000 }),
      "ERR_INVALID_ARGUMENT",
    ],
    ["no handler", () => new ManagedWebSocketServer(JSON.parse('{"port":0}')), "ERR_INVALID_ARGUMENT"],
    [
      "a path that is none",
      () => new ManagedWebSocketServer({ handler, port: 0, path: "jobs" }),
      "ERR_INVALID_ARGUMENT",
    ],
    [
      "room for nobody",
      () => new ManagedWebSocketServer({ handler, port: 0, maxConnections: 0 }),
      "ERR_INVALID_ARGUMENT",
    ],
    [
      "a mistyped option",
      () => new ManagedWebSocketServer(JSON.parse('{"port":0,"handle":1}')),
      "ERR_UNKNOWN_OPTION",
    ],
  ])("is refused: %s", (_name, make, code) => {
    expect(make).toThrow(expect.objectContaining({ code }));
  });

  it("is refused: asking for the port before it listens", () => {
    const server = new ManagedWebSocketServer({ handler, port: 0 });
    expect(() => server.port).toThrow(expect.objectContaining({ code: "ERR_RESOURCE_STATE" }));
  });
});
