import { once } from "node:events";
import * as net from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import { ResourceStateError } from "../../src/index.js";
import {
  ManagedWebSocketConnection,
  NetworkTimeoutError,
  SendQueueFullError,
  type WebSocketConnectionOptions,
  type WebSocketTarget,
} from "../../src/network/index.js";
import { until } from "../helpers.js";
import { client, endAll, serve, serveHalfOpen, serveSilence } from "./support/sockets.js";

afterEach(endAll);

const took = async (work: Promise<unknown>): Promise<number> => {
  const begin = performance.now();
  await work;
  return performance.now() - begin;
};

async function connected(
  target: WebSocketTarget,
  options?: WebSocketConnectionOptions,
): Promise<ManagedWebSocketConnection> {
  const connection = new ManagedWebSocketConnection(target, options);
  await connection.initialize();
  return connection;
}

function heard(connection: ManagedWebSocketConnection): string[] {
  const names: string[] = [];
  for (const name of ["open", "close", "reconnecting", "giveUp"] as const)
    connection.on(name, () => names.push(name));
  return names;
}

describe("a managed WebSocket", () => {
  it("sends and receives text and bytes", async () => {
    const { url } = await serve();
    await using connection = new ManagedWebSocketConnection(url);
    const messages: (string | Buffer)[] = [];
    connection.on("message", ({ data }) => messages.push(data));
    await connection.initialize();
    await connection.sendSafe("job 1");
    await connection.sendSafe(Buffer.from([1, 2]));
    expect(await until(() => messages.length === 2)).toBe(true);
    expect(messages).toEqual(["job 1", Buffer.from([1, 2])]);
    expect(await connection.health()).toEqual({ status: "ok" });
  });

  it("hears a message that comes together with the handshake", async () => {
    const { port, stop } = await serve();
    await stop();
    const { WebSocketServer } = await import("ws");
    const server = new WebSocketServer({ port, host: "127.0.0.1" });
    server.on("connection", (socket) => socket.send("welcome"));
    await once(server, "listening");
    for (let round = 0; round < 20; round += 1) {
      const messages: unknown[] = [];
      await using connection = new ManagedWebSocketConnection(`ws://127.0.0.1:${port}`);
      connection.on("message", ({ data }) => messages.push(data));
      await connection.initialize();
      expect(await until(() => messages.length === 1)).toBe(true);
    }
    server.close();
  });

  it("says goodbye with 1001", async () => {
    const { url, accepted } = await serve();
    const connection = await connected(url);
    const closed = once(accepted[0] ?? process, "close");
    await connection.close();
    expect((await closed)[0]).toBe(1001);
    expect(connection.state).toBe("closed");
  });

  it("is cut after the close timeout when the peer does not answer", async () => {
    const { url } = await serveHalfOpen();
    const connection = await connected(url, { closeTimeout: 200 });
    const ms = await took(connection.close());
    expect(ms).toBeGreaterThan(150);
    expect(ms).toBeLessThan(3_000);
  });

  it("adopts a WebSocket that is open, and one that is connecting", async () => {
    const { url, accepted } = await serve();
    const open = await client(url);
    const adopted = await connected(open);
    expect(adopted.value).toBe(open);
    await adopted.close();
    expect(open.readyState).toBe(3);
    const { WebSocket } = await import("ws");
    const connecting = new WebSocket(url);
    const other = await connected(connecting);
    expect(other.isConnected).toBe(true);
    await other.close();
    expect(accepted).toHaveLength(2);
  });

  it("fails when nobody listens, and can be tried again", async () => {
    const { url, port, stop } = await serve();
    await stop();
    const connection = new ManagedWebSocketConnection(url);
    await expect(connection.initialize()).rejects.toMatchObject({ code: "ECONNREFUSED" });
    await serve(port);
    await connection.initialize();
    expect(connection.isConnected).toBe(true);
    await connection.close();
  });

  it("fails when the peer never shakes hands", async () => {
    const url = await serveSilence(net.createServer());
    const connection = new ManagedWebSocketConnection(url, { connectTimeout: 100 });
    await expect(connection.initialize()).rejects.toBeInstanceOf(Error);
  });

  it("stops connecting when it is closed", async () => {
    const url = await serveSilence(net.createServer());
    const connection = new ManagedWebSocketConnection(url);
    const opening = connection.initialize();
    const refused = expect(opening).rejects.toBeInstanceOf(ResourceStateError);
    expect(await took(connection.close())).toBeLessThan(3_000);
    await refused;
  });

  it("closes when its signal is aborted", async () => {
    const { url } = await serve();
    const controller = new AbortController();
    const connection = await connected(url, { signal: controller.signal });
    controller.abort();
    expect(await until(() => connection.state === "closed")).toBe(true);
  });

  it("tells how long a ping takes, and that none came back", async () => {
    const { url } = await serve();
    await using alive = await connected(url);
    expect(await alive.ping()).toBeGreaterThan(0);
    const half = await serveHalfOpen();
    await using dead = await connected(half.url, { closeTimeout: 50 });
    await expect(dead.ping(100)).rejects.toBeInstanceOf(NetworkTimeoutError);
  });
});

describe("the heartbeat", () => {
  it("ends a connection whose peer does not answer", async () => {
    const { url } = await serveHalfOpen();
    const connection = await connected(url, { pingInterval: 50, pongTimeout: 100 });
    const codes: number[] = [];
    connection.on("close", ({ code }) => codes.push(code));
    expect(await until(() => codes.length === 1)).toBe(true);
    expect(codes).toEqual([1006]);
    expect((await connection.health()).status).toBe("failed");
    await connection.close();
  });

  it("leaves a connection alone whose peer answers", async () => {
    const { url, accepted } = await serve();
    let pings = 0;
    const connection = await connected(url, { pingInterval: 20, pongTimeout: 200 });
    accepted[0]?.on("ping", () => (pings += 1));
    expect(await until(() => pings >= 3)).toBe(true);
    expect(connection.isConnected).toBe(true);
    await connection.close();
  });

  it("does not blame the peer when this process was busy", async () => {
    const { url } = await serve();
    const socket = await client(url);
    const ping = socket.ping.bind(socket);
    let pings = 0;
    // The answer cannot even be written by the other end, which lives in this process as well.
    socket.ping = () => {
      ping();
      pings += 1;
      process.nextTick(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 400));
    };
    const connection = await connected(socket, { pingInterval: 20, pongTimeout: 100 });
    const events = heard(connection);
    expect(await until(() => pings === 4)).toBe(true);
    expect(events).toEqual([]);
    expect(connection.isConnected).toBe(true);
    await connection.close();
  });
});

describe("the send queue", () => {
  it("takes a burst that the network takes", async () => {
    const { url, accepted } = await serve();
    await using connection = await connected(url);
    let received = 0;
    accepted[0]?.on("message", () => (received += 1));
    await Promise.all(Array.from({ length: 200 }, (_, at) => connection.sendSafe(`message ${at}`)));
    expect(await until(() => received === 200)).toBe(true);
  });

  it("refuses by name what is over its number of messages, while the peer takes nothing", async () => {
    const { url } = await serveHalfOpen();
    const connection = await connected(url, { closeTimeout: 50, queueMessages: 3, queueBytes: 1e9 });
    const outcomes = await flood(connection, 20);
    expect(outcomes.refused).toBeGreaterThan(0);
    expect(connection.queued).toBe(3);
    await connection.close();
    await outcomes.settled;
    expect(connection.queued).toBe(0);
  });

  it("refuses by name what is over its bytes", async () => {
    const { url } = await serveHalfOpen();
    const connection = await connected(url, { closeTimeout: 50, queueBytes: 40_000_000 });
    const outcomes = await flood(connection, 20);
    expect(outcomes.refused).toBeGreaterThan(0);
    expect(connection.queued).toBe(2);
    await connection.close();
    await outcomes.settled;
  });

  /**
   * Sends messages of 16 MB that nobody takes, and says how many were refused at once. Smaller ones, with the next ones
   * after them, could find room in the buffers of the two sockets.
   */
  async function flood(
    connection: ManagedWebSocketConnection,
    count: number,
  ): Promise<{ readonly refused: number; readonly settled: Promise<unknown> }> {
    let refused = 0;
    const message = Buffer.alloc(16_000_000);
    const sends = Array.from({ length: count }, () =>
      connection.sendSafe(message).catch((error: unknown) => {
        if (error instanceof SendQueueFullError) refused += 1;
      }),
    );
    await until(() => refused > 0, 2_000);
    return { refused, settled: Promise.all(sends) };
  }

  it("keeps what is sent while there is no connection, and sends it first", async () => {
    const { url, port, stop } = await serve();
    const reconnect = { baseDelay: 50, maxDelay: 100 };
    const connection = await connected(url, { reconnect });
    const messages: unknown[] = [];
    connection.on("message", ({ data }) => messages.push(data));
    await stop();
    expect(await until(() => !connection.isConnected)).toBe(true);
    const sent = [connection.sendSafe("first"), connection.sendSafe("second")];
    expect(connection.queued).toBe(2);
    await serve(port);
    await Promise.all(sent);
    expect(await until(() => messages.length === 2)).toBe(true);
    expect(messages).toEqual(["first", "second"]);
    await connection.close();
  });

  it("delivers what it took before it says goodbye", async () => {
    const { url, accepted } = await serve();
    const connection = await connected(url, { queueBytes: 1e8, closeTimeout: 30_000 });
    const lengths: number[] = [];
    accepted[0]?.on("message", (data: Buffer) => lengths.push(data.length));
    accepted[0]?.pause();
    const sends = Array.from({ length: 20 }, () => connection.sendSafe(Buffer.alloc(1_000_000)));
    expect(connection.queued).toBeGreaterThan(0);
    const closing = connection.close();
    accepted[0]?.resume();
    await closing;
    await Promise.all(sends);
    expect(await until(() => lengths.length === 20)).toBe(true);
  });

  it("refuses what can never be sent", async () => {
    const { url, accepted } = await serve();
    const connection = new ManagedWebSocketConnection(url);
    await connection.initialize();
    accepted[0]?.terminate();
    expect(await until(() => !connection.isConnected)).toBe(true);
    await expect(connection.sendSafe("late")).rejects.toMatchObject({
      code: "ERR_RESOURCE_STATE",
      state: "disconnected",
    });
    await connection.close();
    await expect(connection.sendSafe("later")).rejects.toMatchObject({ state: "closed" });
  });
});

describe("reconnecting", () => {
  const quick = { baseDelay: 10, maxDelay: 40 };

  it("is done only when asked for", async () => {
    const { url, accepted } = await serve();
    const connection = await connected(url);
    const events = heard(connection);
    accepted[0]?.terminate();
    expect(await until(() => events.includes("giveUp"))).toBe(true);
    expect(events).toEqual(["close", "giveUp"]);
    await connection.close();
  });

  it("makes a lost connection again, as often as it is lost", async () => {
    const { url, accepted } = await serve();
    const connection = await connected(url, { reconnect: quick });
    for (let round = 1; round <= 3; round += 1) {
      accepted[round - 1]?.terminate();
      expect(await until(() => accepted.length === round + 1)).toBe(true);
      expect(await until(() => connection.isConnected)).toBe(true);
    }
    await connection.sendSafe("still here");
    await connection.close();
    expect(await until(() => accepted.every((socket) => socket.readyState === 3))).toBe(true);
    expect(accepted).toHaveLength(4);
  });

  it("waits a random time below a bound that doubles up to a maximum", async () => {
    const { port, stop } = await serve();
    await stop();
    const reconnect = { baseDelay: 10, maxDelay: 40, maxTries: 6 };
    const connection = new ManagedWebSocketConnection(`ws://127.0.0.1:${port}`, { reconnect });
    const waits: { readonly attempt: number; readonly delay: number }[] = [];
    connection.on("reconnecting", ({ attempt, delay }) => waits.push({ attempt, delay }));
    await expect(connection.initialize()).rejects.toMatchObject({ code: "ECONNREFUSED" });
    expect(waits.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4, 5, 6]);
    for (const { attempt, delay } of waits)
      expect(delay).toBeLessThanOrEqual(Math.min(40, 10 * 2 ** (attempt - 1)));
    expect(new Set(waits.map(({ delay }) => delay)).size).toBeGreaterThan(1);
  });

  it("gives up after the tries that are allowed, and says so", async () => {
    const { url, stop } = await serve();
    const connection = await connected(url, { reconnect: { ...quick, maxTries: 3 } });
    const events = heard(connection);
    const waiting = connection.sendSafe.bind(connection);
    await stop();
    await until(() => events.includes("reconnecting"));
    const queued = expect(waiting("lost")).rejects.toBeInstanceOf(ResourceStateError);
    expect(await until(() => events.includes("giveUp"))).toBe(true);
    expect(events).toEqual(["close", "reconnecting", "reconnecting", "reconnecting", "giveUp"]);
    await queued;
    expect((await connection.health()).status).toBe("failed");
    await connection.close();
  });

  it("counts on when the peer accepts and drops, and from nothing when the connection lasted", async () => {
    const { url, accepted } = await serve();
    const connection = await connected(url, { reconnect: { ...quick, resetAfter: 400 } });
    const attempts: number[] = [];
    connection.on("reconnecting", ({ attempt }) => attempts.push(attempt));
    for (let round = 0; round < 3; round += 1) {
      await until(() => connection.isConnected);
      accepted[round]?.terminate();
      await until(() => accepted.length === round + 2);
    }
    expect(attempts).toEqual([1, 2, 3]);
    await until(() => connection.isConnected);
    await new Promise((resolve) => setTimeout(resolve, 500));
    accepted[3]?.terminate();
    expect(await until(() => attempts.length === 4)).toBe(true);
    expect(attempts[3]).toBe(1);
    await connection.close();
  });

  it("stops at once when it is closed during a wait, with no timer left", async () => {
    const { url, stop } = await serve();
    const random = vi.spyOn(Math, "random").mockReturnValue(1);
    const connection = await connected(url, { reconnect: { baseDelay: 20_000 } });
    const events = heard(connection);
    await stop();
    expect(await until(() => events.includes("reconnecting"))).toBe(true);
    expect((await connection.health()).status).toBe("degraded");
    const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
    const before = timers();
    expect(await took(connection.close())).toBeLessThan(3_000);
    expect(timers()).toBeLessThan(before);
    expect(events).toEqual(["close", "reconnecting"]);
    random.mockRestore();
  });

  it("has one wait at a time, whoever asks", async () => {
    const { url, accepted, stop } = await serve();
    const connection = await connected(url, { reconnect: quick });
    await Promise.all([connection.reconnect(), connection.reconnect(), connection.reconnect()]);
    expect(accepted).toHaveLength(2);
    expect(connection.isConnected).toBe(true);
    await connection.close();
    await stop();
    await expect(connection.reconnect()).rejects.toBeInstanceOf(ResourceStateError);
  });

  it("replaces a peer that is half open", async () => {
    const { url, sockets } = await serveHalfOpen();
    const connection = await connected(url, { pingInterval: 50, pongTimeout: 50, reconnect: quick });
    expect(await until(() => sockets.length >= 3)).toBe(true);
    await connection.close();
  });

  it("makes sockets with the function that is given", async () => {
    const { url, accepted } = await serve();
    const { WebSocket } = await import("ws");
    const connection = await connected(() => new WebSocket(url), { reconnect: quick });
    accepted[0]?.terminate();
    expect(await until(() => accepted.length === 2)).toBe(true);
    expect(await until(() => connection.isConnected)).toBe(true);
    await connection.close();
  });
});

describe("bad input", () => {
  it.each([
    ["a text that is no URL", () => new ManagedWebSocketConnection("localhost"), "ERR_INVALID_ARGUMENT"],
    ["a URL of another protocol", () => new ManagedWebSocketConnection("http://x"), "ERR_INVALID_ARGUMENT"],
    [
      "a negative time",
      () => new ManagedWebSocketConnection("ws://x", { closeTimeout: -1 }),
      "ERR_INVALID_ARGUMENT",
    ],
    [
      "an endless time",
      () => new ManagedWebSocketConnection("ws://x", { pingInterval: Infinity }),
      "ERR_INVALID_ARGUMENT",
    ],
    [
      "no tries",
      () => new ManagedWebSocketConnection("ws://x", { reconnect: { maxTries: 0 } }),
      "ERR_INVALID_ARGUMENT",
    ],
    [
      "an option it does not know",
      () => new ManagedWebSocketConnection("ws://x", JSON.parse('{"reconect":true}')),
      "ERR_UNKNOWN_OPTION",
    ],
    [
      "an option of reconnect it does not know",
      () => new ManagedWebSocketConnection("ws://x", { reconnect: JSON.parse('{"delay":1}') }),
      "ERR_UNKNOWN_OPTION",
    ],
  ])("is refused: %s", (_name, make, code) => {
    expect(make).toThrow(expect.objectContaining({ code }));
  });

  it("is refused: a WebSocket that is closed, and one to be made again", async () => {
    const { url } = await serve();
    const socket = await client(url);
    expect(() => new ManagedWebSocketConnection(socket, { reconnect: true })).toThrow(
      /a function that makes a WebSocket/,
    );
    socket.terminate();
    expect(() => new ManagedWebSocketConnection(socket)).toThrow(/not closed/);
  });

  it("is refused: a message that is no text and no bytes", async () => {
    const { url } = await serve();
    await using connection = await connected(url);
    await expect(connection.sendSafe(JSON.parse("{}"))).rejects.toMatchObject({
      code: "ERR_INVALID_ARGUMENT",
    });
  });

  it("never shows the path of a URL, which may hold a token", async () => {
    const { url, stop } = await serve();
    await stop();
    const connection = new ManagedWebSocketConnection(`${url}/?token=secret`);
    expect(connection.name).toBe(url);
    await expect(connection.initialize()).rejects.toThrow(/^(?!.*secret)/);
  });
});
