import { once } from "node:events";
import * as http from "node:http";
import * as http2 from "node:http2";
import * as net from "node:net";
import { createHttpTerminator } from "http-terminator";
import { describe, expect, it } from "vitest";
import { ResourceContext } from "../../src/index.js";
import { sleep, until } from "../helpers.js";
import { dial, dialSecurely, identity, listen, type Peer, session, web } from "./support/servers.js";

const REQUEST = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
// A server at rest takes a few milliseconds. A busy machine gets more; what matters is that nobody waits for a grace.
const AT_ONCE = 1_500;
const GRACE = 2_500;
const schemes = [
  { scheme: "http", make: web.http, connect: dial },
  { scheme: "https", make: web.https, connect: dialSecurely },
] as const;

async function disposal(ctx: ResourceContext): Promise<number> {
  const begin = performance.now();
  await ctx.disposeAsync({ throwErrors: true });
  return performance.now() - begin;
}

const held = <T>(server: T): { readonly server: T; readonly ctx: ResourceContext } => {
  const ctx = new ResourceContext({ resourceTimeout: GRACE });
  return { server: ctx.server(server), ctx };
};

const accepted = (server: net.Server): Promise<unknown> => once(server, "connection");
const isOver = ({ socket }: Peer): Promise<boolean> => until(() => socket.readyState !== "open");

describe.each(schemes)("an $scheme server", ({ make, connect }) => {
  it("ends an idle keep-alive connection at once", async () => {
    const { server, ctx } = held(make((response) => response.end("ok")));
    const peer = await connect(await listen(server));
    peer.socket.write(REQUEST);
    expect(await until(() => peer.data().includes("ok"))).toBe(true);
    expect(await disposal(ctx)).toBeLessThan(AT_ONCE);
    expect(await isOver(peer)).toBe(true);
  });

  it("ends a request that is half sent at once", async () => {
    const { server, ctx } = held(make((response) => response.end("ok")));
    const peer = await connect(await listen(server));
    peer.socket.write("GET / HTTP/1.1\r\nHost: lo");
    await sleep(50);
    expect(await disposal(ctx)).toBeLessThan(AT_ONCE);
    expect(await isOver(peer)).toBe(true);
  });

  it("ends a peer that connects and says nothing at once", async () => {
    const { server, ctx } = held(make((response) => response.end("ok")));
    const port = await listen(server);
    const [peer] = await Promise.all([dial(port), accepted(server)]);
    expect(await disposal(ctx)).toBeLessThan(AT_ONCE);
    expect(await isOver(peer)).toBe(true);
  });

  it("delivers what it was working on, and closes with it", async () => {
    const { server, ctx } = held(make((response) => void setTimeout(() => response.end("done"), 400)));
    const peer = await connect(await listen(server));
    peer.socket.write(REQUEST);
    await once(server, "request");
    expect(await disposal(ctx)).toBeLessThan(400 + AT_ONCE);
    expect(await until(() => peer.data().includes("done"))).toBe(true);
    expect(peer.data()).toContain("Connection: close");
  });

  it("delivers an answer that has begun, to its end", async () => {
    const answer = (response: http.ServerResponse): void => {
      response.write("begin ");
      setTimeout(() => response.end("end"), 300);
    };
    const { server, ctx } = held(make(answer));
    const peer = await connect(await listen(server));
    peer.socket.write(REQUEST);
    expect(await until(() => peer.data().includes("begin"))).toBe(true);
    expect(await disposal(ctx)).toBeLessThan(300 + AT_ONCE);
    expect(await until(() => peer.data().includes("end"))).toBe(true);
  });

  it.each([
    ["a request that hangs", () => {}],
    [
      "a stream of events without an end",
      (response: http.ServerResponse) => void response.write("data: 1\n\n"),
    ],
  ])("gives %s its grace and no more", async (_name, answer) => {
    const { server, ctx } = held(make(answer));
    const peer = await connect(await listen(server));
    peer.socket.write(REQUEST);
    await once(server, "request");
    const took = await disposal(ctx);
    expect(took).toBeGreaterThan(GRACE * 0.9);
    expect(took).toBeLessThan(GRACE + AT_ONCE);
    expect(await isOver(peer)).toBe(true);
  });

  it("refuses who comes later", async () => {
    const { server, ctx } = held(make((response) => void setTimeout(() => response.end("done"), 300)));
    const port = await listen(server);
    const peer = await connect(port);
    peer.socket.write(REQUEST);
    await once(server, "request");
    const disposed = disposal(ctx);
    const late = net.connect(port, "127.0.0.1");
    const [error] = await once(late, "error");
    expect(error).toMatchObject({ code: "ECONNREFUSED" });
    await disposed;
  });

  it("does with an idle, a half-sent and a finished connection what http-terminator does", async () => {
    const outcomes = [];
    for (const end of ["ours", "theirs"]) {
      const { server, ctx } = held(make((response) => void setTimeout(() => response.end("done"), 200)));
      const terminator = createHttpTerminator({ server, gracefulTerminationTimeout: GRACE });
      const port = await listen(server);
      const [busy, half] = [await connect(port), await connect(port)];
      busy.socket.write(REQUEST);
      half.socket.write("GET /");
      await once(server, "request");
      await (end === "ours" ? disposal(ctx) : terminator.terminate());
      await Promise.all([isOver(busy), isOver(half)]);
      const body = busy
        .data()
        .toLowerCase()
        .replace(/^date: .*\r\n/m, "");
      outcomes.push({ body, half: half.data(), listening: server.listening });
    }
    expect(outcomes[0]).toEqual(outcomes[1]);
    expect(outcomes[0]?.body).toContain("done");
  });
});

describe("an http2 server", () => {
  const kinds = [
    { kind: "plain", make: () => http2.createServer(), scheme: "http" },
    { kind: "secure", make: () => http2.createSecureServer(identity), scheme: "https" },
  ] as const;

  it.each(kinds)("($kind) ends an idle session at once", async ({ make, scheme }) => {
    const { server, ctx } = held(make());
    const client = await session(`${scheme}://127.0.0.1:${await listen(server)}`);
    expect(await disposal(ctx)).toBeLessThan(AT_ONCE);
    expect(await until(() => client.closed || client.destroyed)).toBe(true);
  });

  it.each(kinds)("($kind) delivers the stream it was working on", async ({ make, scheme }) => {
    const { server, ctx } = held(make());
    server.on("stream", (stream) => void setTimeout(() => stream.end("done"), 300));
    const client = await session(`${scheme}://127.0.0.1:${await listen(server)}`);
    const chunks: string[] = [];
    client.request({ ":path": "/" }).on("data", (chunk) => chunks.push(String(chunk)));
    await once(server, "stream");
    expect(await disposal(ctx)).toBeLessThan(300 + AT_ONCE);
    expect(await until(() => chunks.join("") === "done")).toBe(true);
  });

  it.each(kinds)("($kind) gives a stream that hangs its grace and no more", async ({ make, scheme }) => {
    const { server, ctx } = held(make());
    server.on("stream", (stream) => stream.on("error", () => {}));
    const client = await session(`${scheme}://127.0.0.1:${await listen(server)}`);
    client.request({ ":path": "/" }).on("error", () => {});
    await once(server, "stream");
    const took = await disposal(ctx);
    expect(took).toBeGreaterThan(GRACE * 0.9);
    expect(took).toBeLessThan(GRACE + AT_ONCE);
    expect(await until(() => client.destroyed)).toBe(true);
  });

  it.each(kinds)("($kind) ends a peer that connects and never reads at once", async ({ make }) => {
    const { server, ctx } = held(make());
    const port = await listen(server);
    const socket = net.connect(port, "127.0.0.1").on("error", () => {});
    await accepted(server);
    expect(await disposal(ctx)).toBeLessThan(AT_ONCE);
    socket.destroy();
  });

  it("answers in HTTP/1 what it was working on, where it allows that", async () => {
    const { server, ctx } = held(
      http2.createSecureServer({ ...identity, allowHTTP1: true }, (_request, response) => {
        setTimeout(() => response.end("done"), 300);
      }),
    );
    const port = await listen(server);
    const [busy, idle] = [await dialSecurely(port), await dialSecurely(port)];
    busy.socket.write(REQUEST);
    await once(server, "request");
    expect(await disposal(ctx)).toBeLessThan(300 + AT_ONCE);
    expect(await until(() => busy.data().includes("done"))).toBe(true);
    expect(await isOver(idle)).toBe(true);
  });
});

describe("a server of bytes", () => {
  it("ends its connections at once, after all that was written to them", async () => {
    const { server, ctx } = held(
      net.createServer((socket) => void socket.on("error", () => {}).write("x".repeat(500_000))),
    );
    const [peer] = await Promise.all([listen(server).then(dial), accepted(server)]);
    expect(await disposal(ctx)).toBeLessThan(AT_ONCE);
    expect(await until(() => peer.data().length === 500_000)).toBe(true);
  });

  it("waits no longer than its grace for a peer that does not take what was written", async () => {
    const { server, ctx } = held(
      net.createServer((socket) => void socket.on("error", () => {}).write(Buffer.alloc(50_000_000))),
    );
    const port = await listen(server);
    const socket = net.connect(port, "127.0.0.1").on("error", () => {});
    socket.pause();
    await accepted(server);
    const took = await disposal(ctx);
    expect(took).toBeGreaterThan(GRACE * 0.9);
    expect(took).toBeLessThan(GRACE + AT_ONCE);
    socket.destroy();
  });
});
