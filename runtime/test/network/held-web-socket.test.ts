import { once } from "node:events";
import * as net from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { WebSocket as WebSocketOfWs } from "ws";
import { AlreadyHeldError, ResourceContext } from "../../src/index.js";
import { sleep, until } from "../helpers.js";
import { endAll, serve, serveHalfOpen, serveSilence } from "./support/sockets.js";

afterEach(endAll);

const dispose = (ctx: ResourceContext): Promise<void> => ctx.disposeAsync({ throwErrors: true });
const isClosed = (socket: { readonly readyState: number }): boolean => socket.readyState === 3;

async function open(url: string): Promise<WebSocketOfWs> {
  const socket = new WebSocketOfWs(url);
  await once(socket, "open");
  return socket;
}

describe("a WebSocket of ws that a context holds", () => {
  it("is what was given, and says goodbye with status 1001 after what was sent", async () => {
    const { url, accepted } = await serve();
    const ctx = new ResourceContext();
    const socket = new WebSocketOfWs(url);
    expect(ctx.webSocket(socket)).toBe(socket);
    await once(socket, "open");
    expect(await until(() => accepted.length === 1)).toBe(true);
    const seen: unknown[] = [];
    accepted[0]?.on("message", (data) => seen.push(String(data)));
    accepted[0]?.on("close", (status) => seen.push(status));
    socket.send("last words");
    await dispose(ctx);
    expect(isClosed(socket)).toBe(true);
    expect(await until(() => seen.length === 2)).toBe(true);
    expect(seen).toEqual(["last words", 1001]);
  });

  it("is cut when the peer does not answer", async () => {
    const { url } = await serveHalfOpen();
    const ctx = new ResourceContext({ resourceTimeout: 300 });
    const socket = ctx.webSocket(await open(url));
    const begin = performance.now();
    await dispose(ctx);
    expect(performance.now() - begin).toBeGreaterThan(200);
    expect(await until(() => isClosed(socket))).toBe(true);
  });

  it("may be released before it is open, without an error that nobody listens for", async () => {
    const url = await serveSilence(net.createServer());
    const ctx = new ResourceContext();
    const waited = ctx.webSocket(new WebSocketOfWs(url));
    await dispose(ctx);
    const other = new ResourceContext();
    const notWaited = other.webSocket(new WebSocketOfWs(url));
    other.dispose();
    await sleep(50);
    expect(await until(() => isClosed(waited) && isClosed(notWaited))).toBe(true);
  });

  it("is forgotten when it closes, and has one owner until then", async () => {
    const { url } = await serve();
    const [ctx, other] = [new ResourceContext(), new ResourceContext()];
    const socket = ctx.webSocket(await open(url));
    expect(() => other.webSocket(socket)).toThrow(AlreadyHeldError);
    socket.close();
    expect(await until(() => ctx.size === 0)).toBe(true);
    expect(other.webSocket(socket)).toBe(socket);
    expect(other.size).toBe(0);
  });
});

// Node has one of its own since version 22.
describe.skipIf(typeof WebSocket === "undefined")("a WebSocket of Node that a context holds", () => {
  it("says goodbye, is waited for and forgotten", async () => {
    const { url, accepted } = await serve();
    const ctx = new ResourceContext();
    const socket = ctx.webSocket(new WebSocket(url));
    await new Promise((resolve) => socket.addEventListener("open", resolve));
    const status = new Promise((resolve) => accepted[0]?.on("close", resolve));
    await dispose(ctx);
    expect(isClosed(socket)).toBe(true);
    expect(await status).not.toBe(1006);
    const closed = new ResourceContext();
    const second = closed.webSocket(new WebSocket(url));
    await new Promise((resolve) => second.addEventListener("open", resolve));
    second.close();
    expect(await until(() => closed.size === 0)).toBe(true);
  });
});
