import * as dgram from "node:dgram";
import { EventEmitter, once } from "node:events";
import * as fs from "node:fs";
import * as http from "node:http";
import * as net from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import * as readline from "node:readline";
import { PassThrough } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import * as tls from "node:tls";
import { Worker } from "node:worker_threads";
import { afterAll, describe, expect, it, vi } from "vitest";
import { AlreadyHeldError, ResourceContext } from "../src/index.js";
import { sleep, until } from "./helpers.js";
import { identity } from "./network/support/servers.js";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "resource-context-"));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const dispose = (ctx: ResourceContext): Promise<void> => ctx.disposeAsync({ throwErrors: true });

async function listening(server: net.Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

describe("an adopting method", () => {
  const KINDS = [
    "process",
    "stream",
    "file",
    "tempDir",
    "tempFile",
    "server",
    "socket",
    "webSocket",
    "timer",
    "watcher",
    "worker",
    "readline",
    "task",
  ] as const;

  const adopt = (ctx: ResourceContext, kind: (typeof KINDS)[number], value: unknown): unknown =>
    Reflect.apply(ctx[kind], ctx, [value]);
  /** Plain objects are options of something that is to be made, and a function is work to be started. */
  const isOther = (kind: string, value: unknown): boolean =>
    kind === "task"
      ? typeof value === "function"
      : kind.startsWith("temp") &&
        Object.getPrototypeOf(value ?? 0) === Object.prototype &&
        Object.keys(value ?? 0).length > 0;

  it.each(KINDS)("%s() gives back exactly what it was given, doubles of tests included", async (kind) => {
    const ctx = new ResourceContext();
    const doubles = [
      null,
      undefined,
      0,
      "",
      {},
      () => {},
      new EventEmitter(),
      Object.freeze({ close: () => {} }),
      { close: () => undefined, on: () => undefined, end: () => undefined },
      new Proxy({}, { get: (_, key) => (key === "length" ? 0 : () => undefined) }),
    ];
    for (const double of doubles.filter((one) => !isOther(kind, one)))
      expect(adopt(ctx, kind, double)).toBe(double);
    const begin = performance.now();
    await dispose(ctx);
    // Nobody waits for what never answers.
    expect(performance.now() - begin).toBeLessThan(2_500);
    expect(ctx.size).toBe(0);
  });

  it("does not throw for what throws when it is read", async () => {
    const ctx = new ResourceContext();
    const hostile = new Proxy(
      {},
      {
        get: () => {
          throw new Error("not implemented");
        },
      },
    );
    for (const kind of KINDS.filter((one) => !isOther(one, hostile)))
      expect(adopt(ctx, kind, hostile)).toBe(hostile);
    await dispose(ctx);
  });
});

describe("sockets", () => {
  it("deliver what was written, and end", async () => {
    const received: Buffer[] = [];
    const server = net.createServer((peer) => peer.on("data", (chunk) => received.push(chunk)));
    const socket = net.connect(await listening(server), "127.0.0.1");
    await once(socket, "connect");
    const ctx = new ResourceContext();
    expect(ctx.socket(socket)).toBe(socket);
    socket.write(Buffer.alloc(1_000_000));
    await dispose(ctx);
    expect(socket.destroyed).toBe(true);
    expect(await until(() => Buffer.concat(received).length === 1_000_000)).toBe(true);
    server.close();
  });

  it("of TLS deliver what was written, and end as well", async () => {
    const received: Buffer[] = [];
    const server = tls.createServer(identity, (peer) => peer.on("data", (chunk) => received.push(chunk)));
    const held = new ResourceContext();
    const port = await listening(held.server(server));
    const ctx = new ResourceContext();
    const socket = ctx.socket(tls.connect({ port, host: "127.0.0.1", rejectUnauthorized: false }));
    await once(socket, "secureConnect");
    socket.write(Buffer.alloc(1_000_000));
    await dispose(ctx);
    expect(socket.destroyed).toBe(true);
    expect(await until(() => Buffer.concat(received).length === 1_000_000)).toBe(true);
    await dispose(held);
    expect(server.listening).toBe(false);
  });

  it("are given up when the peer never ends its half", async () => {
    const peers: net.Socket[] = [];
    const server = net.createServer({ allowHalfOpen: true }, (peer) => peers.push(peer));
    const socket = net.connect(await listening(server), "127.0.0.1");
    await once(socket, "connect");
    const ctx = new ResourceContext({ resourceTimeout: 200 });
    ctx.socket(socket);
    await dispose(ctx);
    expect(socket.destroyed).toBe(true);
    for (const peer of peers) peer.destroy();
    server.close();
  });

  it("are forgotten when they close, and treated the same by use()", async () => {
    const received: Buffer[] = [];
    const server = net.createServer((peer) => peer.on("data", (chunk) => received.push(chunk)));
    const port = await listening(server);
    const ctx = new ResourceContext();
    const closed = ctx.socket(net.connect(port, "127.0.0.1"));
    closed.destroy();
    await once(closed, "close");
    expect(ctx.size).toBe(0);
    const socket = net.connect(port, "127.0.0.1");
    const use: (value: Disposable) => unknown = (value) => ctx.use(value);
    Reflect.apply(use, undefined, [socket]);
    await once(socket, "connect");
    socket.write("written");
    await dispose(ctx);
    expect(await until(() => Buffer.concat(received).toString() === "written")).toBe(true);
    server.close();
  });

  it("that were never connected are not waited for", async () => {
    const ctx = new ResourceContext();
    // Nobody answers there; the documentation of the internet says so.
    const socket = ctx.socket(net.connect(9, "192.0.2.1").on("error", () => {}));
    await dispose(ctx);
    expect(socket.destroyed).toBe(true);
  });

  it("of datagrams are closed, once", async () => {
    const ctx = new ResourceContext();
    const [open, closed] = [dgram.createSocket("udp4"), dgram.createSocket("udp4")];
    const ended = vi.fn();
    ctx.socket(open.on("close", ended));
    open.bind(0, "127.0.0.1");
    await once(open, "listening");
    await new Promise<void>((resolve) => closed.close(resolve));
    ctx.socket(closed);
    await dispose(ctx);
    await until(() => ended.mock.calls.length > 0);
    expect(ended).toHaveBeenCalledOnce();
  });
});

describe("workers", () => {
  it("are terminated, and forgotten when they end by themselves", async () => {
    const ctx = new ResourceContext();
    const worker = new Worker("setInterval(() => {}, 1000)", { eval: true });
    expect(ctx.worker(worker)).toBe(worker);
    const short = ctx.worker(new Worker("", { eval: true }));
    const exited = once(worker, "exit");
    await once(short, "exit");
    expect(ctx.size).toBe(1);
    await dispose(ctx);
    await exited;
    ctx.worker(short);
  });
});

describe("line readers", () => {
  it("are closed, and their input stays open", async () => {
    const ctx = new ResourceContext();
    const input = new PassThrough();
    const reader = ctx.readline(readline.createInterface({ input }));
    const closed = vi.fn();
    reader.on("close", closed);
    await dispose(ctx);
    expect(closed).toHaveBeenCalledOnce();
    expect([input.destroyed, input.writableEnded]).toEqual([false, false]);
  });

  it("that end by themselves are forgotten", async () => {
    const ctx = new ResourceContext();
    const input = new PassThrough();
    ctx.readline(readline.createInterface({ input }));
    input.end("one\n");
    expect(await until(() => ctx.size === 0)).toBe(true);
  });
});

describe("watchers", () => {
  /** Again and again: nobody says when the first look at the file was taken. */
  const changed = (file: string): boolean => {
    fs.appendFileSync(file, "changed");
    return true;
  };

  it("of fs.watch are closed", async () => {
    const ctx = new ResourceContext();
    const watcher = ctx.watcher(fs.watch(folder));
    const closed = once(watcher, "close");
    await dispose(ctx);
    await closed;
  });

  it("of fs.watchFile lose the one listener that was adopted", async () => {
    const ctx = new ResourceContext();
    const file = path.join(folder, "watched");
    const [ours, others] = [vi.fn(), vi.fn()];
    ctx.watcher(fs.watchFile(file, { interval: 20 }, ours));
    const theirs = fs.watchFile(file, { interval: 20 }, others);
    await dispose(ctx);
    expect(await until(() => changed(file) && others.mock.calls.length > 0)).toBe(true);
    expect(ours).not.toHaveBeenCalled();
    expect(theirs.listenerCount("change")).toBe(1);
    fs.unwatchFile(file);
  });

  it("of fs.watchFile do not make the next watcher of the same file deaf", async () => {
    const ctx = new ResourceContext();
    const file = path.join(folder, "again");
    ctx.watcher(fs.watchFile(file, { interval: 20 }, () => {}));
    await dispose(ctx);
    const heard = vi.fn();
    fs.watchFile(file, { interval: 20 }, heard);
    expect(await until(() => changed(file) && heard.mock.calls.length > 0)).toBe(true);
    fs.unwatchFile(file);
  });

  it("of packages may take their time", async () => {
    const ctx = new ResourceContext();
    const log: string[] = [];
    ctx.watcher({ close: () => sleep(20).then(() => log.push("closed")) });
    await dispose(ctx);
    expect(log).toEqual(["closed"]);
  });

  it("that are iterators end without anybody waiting for an event", async () => {
    const ctx = new ResourceContext();
    const stop = new AbortController();
    const events = ctx.watcher(fs.promises.watch(folder, { signal: stop.signal }));
    const next = events[Symbol.asyncIterator]().next();
    await dispose(ctx);
    stop.abort();
    await next.catch(() => {});
  });
});

describe("tasks", () => {
  it("are told to stop and waited for", async () => {
    const ctx = new ResourceContext();
    const controller = new AbortController();
    const log: string[] = [];
    const work = (async () => {
      await once(controller.signal, "abort");
      await sleep(20);
      log.push("cleaned up");
    })();
    expect(ctx.task(work, controller)).toBe(work);
    await dispose(ctx);
    expect(log).toEqual(["cleaned up"]);
  });

  it("that end with the error of our abort have not failed", async () => {
    const ctx = new ResourceContext();
    const controller = new AbortController();
    ctx.task(pause(60_000, undefined, { signal: controller.signal }), controller);
    await dispose(ctx);
  });

  it("that end with another error are reported", async () => {
    const ctx = new ResourceContext();
    const controller = new AbortController();
    const work = once(controller.signal, "abort").then(() => Promise.reject(new Error("half done")));
    ctx.task(work, controller);
    await expect(dispose(ctx)).rejects.toMatchObject({ kinds: ["task"], errors: [new Error("half done")] });
  });

  it("without a controller are waited for, and otherwise left alone", async () => {
    const ctx = new ResourceContext();
    const log: string[] = [];
    ctx.task(sleep(30).then(() => log.push("done")));
    await dispose(ctx);
    expect(log).toEqual(["done"]);
  });

  it("that only begin when they are awaited are not begun", async () => {
    const ctx = new ResourceContext();
    const query = { then: vi.fn() };
    expect(ctx.task(query)).toBe(query);
    expect(ctx.file(query)).toBe(query);
    const controller = new AbortController();
    ctx.task(query, controller);
    await dispose(ctx);
    expect(query.then).not.toHaveBeenCalled();
    expect(controller.signal.aborted).toBe(true);
  });

  it("that never end are reported when their time is up", async () => {
    const ctx = new ResourceContext({ totalTimeout: 50 });
    ctx.task(new Promise(() => {}));
    await expect(dispose(ctx)).rejects.toMatchObject({ kinds: ["task"] });
  });

  it("that reject without anybody caring are still unhandled rejections, and only those", async () => {
    const ctx = new ResourceContext();
    const unhandled: unknown[] = [];
    const listener = (reason: unknown): void => void unhandled.push(reason);
    const others = process.listeners("unhandledRejection");
    process.removeAllListeners("unhandledRejection").on("unhandledRejection", listener);
    const [lost, caught] = [new Error("nobody cares"), new Error("somebody cares")];
    ctx.task(sleep(5).then(() => Promise.reject(lost)));
    const cared = ctx.task(sleep(5).then(() => Promise.reject(caught)));
    const seen = await cared.catch((error: unknown) => error);
    await dispose(ctx);
    await sleep(20);
    process.removeListener("unhandledRejection", listener);
    for (const other of others) process.on("unhandledRejection", other);
    expect(seen).toBe(caught);
    expect(unhandled).toEqual([lost]);
  });

  it("that have ended do not collect", async () => {
    const ctx = new ResourceContext();
    for (let count = 0; count < 1_000; count += 1) {
      ctx.task(Promise.resolve());
      ctx.task(sleep(0));
      if (count % 50 === 0) await sleep(2);
    }
    expect(ctx.size).toBeLessThan(400);
    await dispose(ctx);
  });
});

describe("promises of handles", () => {
  it("are taken where the API gives one", async () => {
    const ctx = new ResourceContext();
    const opening = fs.promises.open(folder);
    expect(ctx.file(opening)).toBe(opening);
    const making = fs.promises.mkdtemp(path.join(folder, "made-"));
    expect(ctx.tempDir(making)).toBe(making);
    await dispose(ctx);
    expect((await opening).fd).toBe(-1);
    expect(fs.existsSync(await making)).toBe(false);
  });

  it("that are rejected are nothing to release", async () => {
    const ctx = new ResourceContext();
    const opening = ctx.file(fs.promises.open(path.join(folder, "missing")));
    await expect(opening).rejects.toMatchObject({ code: "ENOENT" });
    await dispose(ctx);
  });
});

describe("who holds a handle", () => {
  it("is one context; another gets an error, and the first keeps it", async () => {
    const [first, second] = [new ResourceContext(), new ResourceContext()];
    const server = http.createServer();
    await listening(server);
    first.server(server);
    expect(() => second.server(server)).toThrow(AlreadyHeldError);
    expect(() => second.server(server)).toThrow(expect.objectContaining({ code: "ERR_ALREADY_HELD" }));
    await dispose(second);
    expect(server.listening).toBe(true);
    await dispose(first);
    expect(server.listening).toBe(false);
  });

  it.each(["file", "stream", "worker", "socket"] as const)("goes for a %s as well", async (kind) => {
    const server = net.createServer();
    const open = {
      file: () => fs.promises.open(folder),
      stream: () => fs.createWriteStream(path.join(folder, "held")),
      worker: () => new Worker("setInterval(() => {}, 1000)", { eval: true }),
      socket: async () => net.connect(await listening(server), "127.0.0.1"),
    };
    const handle = await open[kind]();
    const [first, second] = [new ResourceContext(), new ResourceContext()];
    first[kind](handle);
    expect(() => second[kind](handle)).toThrow(AlreadyHeldError);
    await dispose(first);
    expect(second[kind](handle)).toBe(handle);
    await dispose(second);
    server.close();
  });

  it("may say so as often as it likes", async () => {
    const ctx = new ResourceContext();
    const handle = await fs.promises.open(folder);
    for (let count = 0; count < 3; count += 1) ctx.file(handle);
    const temp = fs.mkdtempSync(path.join(folder, "twice-"));
    ctx.tempDir(temp);
    ctx.tempDir(temp);
    const timer = setTimeout(() => {}, 60_000);
    ctx.timer(timer);
    ctx.timer(timer);
    expect(ctx.size).toBe(3);
    await dispose(ctx);
  });

  it("is not the root, which owns what nobody else owns", async () => {
    const ctx = new ResourceContext();
    const before = ResourceContext.root.size;
    const handle = ResourceContext.root.file(await fs.promises.open(folder));
    expect(ResourceContext.root.size).toBe(before + 1);
    ctx.file(handle);
    expect([ResourceContext.root.size, ctx.size]).toEqual([before, 1]);
    ResourceContext.root.file(handle);
    expect([ResourceContext.root.size, ctx.size]).toEqual([before, 1]);
    await dispose(ctx);
    expect(handle.fd).toBe(-1);
  });

  it("changes with disown() and with move()", async () => {
    const [first, second] = [new ResourceContext(), new ResourceContext()];
    const handle = await fs.promises.open(folder);
    second.file(first.disown(first.file(handle)));
    const third = second.move();
    expect(() => first.file(handle)).toThrow(AlreadyHeldError);
    await dispose(third);
    expect(handle.fd).toBe(-1);
  });

  it("does not matter for doubles of tests, which are handed out again and again", async () => {
    const double = { close: vi.fn(), end: vi.fn(), on: vi.fn(), fd: 7, listening: true };
    const contexts = [new ResourceContext(), new ResourceContext()];
    for (const ctx of contexts)
      for (const kind of ["file", "server", "socket", "stream"] as const) ctx[kind](double);
    const through = new PassThrough();
    for (const ctx of contexts) ctx.stream(through);
    await Promise.all(contexts.map(dispose));
  });

  it("does not matter for use(), adopt() and defer()", async () => {
    const [first, second] = [new ResourceContext(), new ResourceContext()];
    const server = http.createServer();
    await listening(server);
    const adopted = vi.fn();
    for (const ctx of [first, second, second]) ctx.adopt(server, adopted);
    for (const ctx of [first, second]) Reflect.apply(ctx.use, ctx, [server]);
    await Promise.all([dispose(first), dispose(second)]);
    expect(adopted).toHaveBeenCalledTimes(3);
  });
});
