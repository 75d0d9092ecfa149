import * as cp from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as http from "node:http";
import * as net from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import { PassThrough } from "node:stream";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { configure, ContextClosedError, LimitExceededError, ResourceContext } from "../src/index.js";
import { alive, isAlive, killAll, newMark, program, sleep, until } from "./helpers.js";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "resource-context-"));
const mark = newMark();
afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
  killAll(alive(mark));
});

let ctx = new ResourceContext();
beforeEach(() => {
  ctx = new ResourceContext();
});
afterEach(() => ctx.disposeAsync({ throwErrors: true }));

/** What a call comes to, with Node's function and with ours. */
const outcome = async (call: () => unknown): Promise<unknown> => {
  try {
    return { value: await call() };
  } catch (error) {
    if (!(error instanceof Error)) return { error };
    return { error: { ...error, name: error.name, message: error.message, stack: undefined } };
  }
};

describe("exec and execFile", () => {
  it("call back as Node's do, and are held until they end", async () => {
    const seen = await new Promise((resolve) => {
      const child = ctx.exec("echo out; echo err >&2", (...given) => resolve(given));
      expect(child).toBeInstanceOf(cp.ChildProcess);
      expect(ctx.size).toBe(1);
    });
    expect(seen).toEqual([null, "out\n", "err\n"]);
    expect(ctx.size).toBe(0);
  });

  it("promisify to both outputs and the child", async () => {
    const promise = promisify(ctx.execFile)("echo", ["out"]);
    expect(promise.child).toBeInstanceOf(cp.ChildProcess);
    expect(ctx.size).toBe(1);
    expect(await promise).toEqual({ stdout: "out\n", stderr: "" });
    const { stdout } = await promisify(ctx.exec)("printf hi", { encoding: "buffer" });
    expect(stdout).toEqual(Buffer.from("hi"));
  });

  it.each([
    ["a failure", "exit 3", {}],
    ["a command that is missing", "no-such-command-here", {}],
    ["a timeout", "exec sleep 20", { timeout: 100 }],
    ["too much output", "exec yes", { maxBuffer: 100 }],
  ])("fail as Node's do: %s", async (_name, command, options) => {
    const [ours, nodes] = await Promise.all(
      [ctx.exec, cp.exec].map((exec) => outcome(() => promisify(exec)(command, options))),
    );
    expect(ours).toEqual(nodes);
    expect(ours).toHaveProperty("error");
  });

  it("are aborted as Node's are", async () => {
    const signal = AbortSignal.timeout(50);
    await expect(promisify(ctx.execFile)("sleep", ["20"], { signal })).rejects.toMatchObject({
      name: "AbortError",
      code: "ABORT_ERR",
    });
  });

  it.each(["timeout", "signal"])("end all that the command started on %s", async (kind) => {
    const own = newMark();
    const command = `sh -c 'sleep 30 & sleep 30; : ${own}'; : ${own}`;
    const options = kind === "timeout" ? { timeout: 300 } : { signal: AbortSignal.timeout(300) };
    await expect(promisify(ctx.exec)(command, options)).rejects.toThrow();
    expect(await until(() => alive(own).length === 0)).toBe(true);
  });

  it("take a signal from whoever asks, and pass it to the one child", async () => {
    const child = ctx.exec("exec sleep 20");
    const ended = once(child, "exit");
    expect([child.kill(0), child.kill("SIGKILL")]).toEqual([true, true]);
    expect(await ended).toEqual([null, "SIGKILL"]);
    expect(child.kill()).toBe(false);
  });

  it("end with their context", async () => {
    const promise = promisify(ctx.execFile)(process.execPath, [program("child.mjs"), mark, "family"]);
    const rejected = expect(promise).rejects.toMatchObject({ signal: "SIGTERM" });
    await until(() => alive(mark).length === 2);
    await ctx.disposeAsync();
    await rejected;
    expect(alive(mark)).toHaveLength(0);
  });
});

describe("fork", () => {
  it("has a channel, and ends with its context", async () => {
    const script = path.join(folder, "echo.cjs");
    fs.writeFileSync(script, "process.on('message', (message) => process.send(message));");
    const child = ctx.fork(script, [], { silent: true });
    child.send("hello");
    expect(await once(child, "message")).toEqual(["hello", undefined]);
    expect(child.connected).toBe(true);
    await ctx.disposeAsync();
    expect(isAlive(child.pid)).toBe(false);
  });
});

describe("open", () => {
  it("gives a FileHandle, closed with its context", async () => {
    const file = path.join(folder, "opened");
    const handle = await ctx.open(file, "w", 0o600);
    await handle.writeFile("text");
    expect(fs.statSync(file).mode & 0o777).toBe(0o600);
    await ctx.disposeAsync();
    expect(handle.fd).toBe(-1);
  });

  it("fails as Node's does", async () => {
    for (const file of [path.join(folder, "missing"), "\0"]) {
      const [ours, nodes] = await Promise.all([
        outcome(() => ctx.open(file)),
        outcome(() => fs.promises.open(file)),
      ]);
      expect(ours).toEqual(nodes);
    }
    expect(ctx.size).toBe(0);
  });

  it("R11 loses nothing when disposal begins while it is under way", async () => {
    const before = fs.readdirSync("/proc/self/fd").length;
    const opening = Array.from({ length: 20 }, () => outcome(() => ctx.open(folder)));
    await ctx.disposeAsync({ throwErrors: true });
    for (const result of await Promise.all(opening))
      expect(result).toMatchObject({ error: { code: "ERR_CONTEXT_CLOSED" } });
    expect(fs.readdirSync("/proc/self/fd")).toHaveLength(before);
  });

  it("R11 is waited for by disposal", async () => {
    const log: string[] = [];
    const opening = ctx.open(folder).then(undefined, () => log.push("refused"));
    await ctx.disposeAsync().then(() => log.push("disposed"));
    await opening;
    expect(log).toEqual(["refused", "disposed"]);
  });
});

describe("streams", () => {
  it("are flushed and closed", async () => {
    const file = path.join(folder, "streamed");
    const log = ctx.createWriteStream(file, { encoding: "latin1" });
    log.write("é");
    await ctx.disposeAsync();
    expect(fs.readFileSync(file)).toEqual(Buffer.from([0xe9]));
    expect(log.path).toBe(file);
  });

  it("are read with all options of Node", async () => {
    const file = path.join(folder, "read");
    fs.writeFileSync(file, "0123456789");
    const source = ctx.createReadStream(file, { start: 2, end: 4, encoding: "utf8" });
    expect(await source.toArray()).toEqual(["234"]);
  });
});

describe("servers and connections", () => {
  it("answer, and close with their context", async () => {
    const server = ctx.createServer((_request, response) => response.end("ok"));
    expect(server).toBeInstanceOf(http.Server);
    await new Promise<void>((resolve) => server.listen({ port: 0, host: "127.0.0.1" }, resolve));
    const address = server.address();
    const port = typeof address === "object" ? (address?.port ?? 0) : 0;
    const socket = ctx.connect(port, "127.0.0.1");
    expect(socket).toBeInstanceOf(net.Socket);
    await once(socket, "connect");
    socket.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    const [data] = await once(socket, "data");
    expect(String(data)).toContain("200 OK");
    expect(ctx.size).toBe(2);
    await ctx.disposeAsync();
    expect([socket.destroyed, server.listening]).toEqual([true, false]);
  });
});

describe("timers", () => {
  it("leave at once when they have fired", async () => {
    const given = await new Promise((resolve) => {
      ctx.setTimeout((...args: unknown[]) => resolve([...args, ctx.size]), 1, "a", "b");
      expect(ctx.size).toBe(1);
    });
    expect(given).toEqual(["a", "b", 0]);
    const size = await new Promise((resolve) => ctx.setImmediate(() => resolve(ctx.size)));
    expect(size).toBe(0);
  });

  it("never fire after disposal", async () => {
    const fired = vi.fn();
    ctx.setTimeout(fired, 5);
    ctx.setInterval(fired, 5);
    ctx.setImmediate(fired);
    await ctx.disposeAsync();
    await sleep(30);
    expect(fired).not.toHaveBeenCalled();
  });

  it("are the timers of Node", () => {
    const timer = ctx.setTimeout(() => {}, 60_000);
    expect(timer.hasRef()).toBe(true);
    expect(timer.unref().hasRef()).toBe(false);
    expect(Number(timer)).toBeGreaterThan(0);
    clearTimeout(Number(timer));
    clearInterval(ctx.setInterval(() => {}, 60_000));
    expect(() => Reflect.apply(ctx.setTimeout, undefined, ["text"])).toThrow(
      expect.objectContaining({ code: "ERR_INVALID_ARG_TYPE" }),
    );
  });

  it("are held again when they are refreshed", async () => {
    const fired = vi.fn();
    const timer = ctx.setTimeout(fired, 5);
    expect(await until(() => fired.mock.calls.length === 1)).toBe(true);
    expect(ctx.size).toBe(0);
    expect(timer.refresh()).toBe(timer);
    expect(ctx.size).toBe(1);
    expect(await until(() => fired.mock.calls.length === 2)).toBe(true);
    expect(ctx.size).toBe(0);
    timer.refresh();
    await ctx.disposeAsync();
    await sleep(20);
    expect(fired).toHaveBeenCalledTimes(2);
  });

  it("promisify to a pause with a value, which disposal ends", async () => {
    expect(await promisify(ctx.setTimeout)(1, "value")).toBe("value");
    expect(await promisify(ctx.setImmediate)("now")).toBe("now");
    expect(ctx.size).toBe(0);
    const pausing = promisify(ctx.setTimeout)(60_000);
    void promisify(ctx.setTimeout)(60_000); // Nobody waits for this one, and nothing is unhandled.
    expect(ctx.size).toBe(2);
    await ctx.disposeAsync();
    await expect(pausing).rejects.toMatchObject({ name: "AbortError" });
  });

  it("listen to the caller's signal as well", async () => {
    const controller = new AbortController();
    const pausing = promisify(ctx.setTimeout)(60_000, undefined, { signal: controller.signal });
    controller.abort();
    await expect(pausing).rejects.toMatchObject({ name: "AbortError" });
    await vi.waitFor(() => expect(ctx.size).toBe(0));
  });
});

describe("watchers, workers, line readers and tasks", () => {
  it("hear of changes until their context ends", async () => {
    const heard = vi.fn();
    const watcher = ctx.watch(folder, heard);
    const closed = once(watcher, "close");
    let at = 0;
    const change = (): void => fs.writeFileSync(path.join(folder, `change-${(at += 1)}`), "");
    expect(await until(() => (change(), heard.mock.calls.length > 0))).toBe(true);
    await ctx.disposeAsync();
    await closed;
  });

  it("of one file are held by listener", async () => {
    const file = path.join(folder, "polled");
    const [first, second] = [vi.fn(), vi.fn()];
    const watcher = ctx.watchFile(file, { interval: 20 }, first);
    expect(ctx.watchFile(file, { interval: 20 }, second)).toBe(watcher);
    fs.unwatchFile(file, first);
    expect(watcher.listeners("change")).toEqual([second]);
    await ctx.disposeAsync();
    expect(watcher.listeners("change")).toEqual([]);
    // Another one starts afresh.
    fs.watchFile(file, { interval: 20 }, first);
    expect(await until(() => (fs.appendFileSync(file, "x"), first.mock.calls.length > 0))).toBe(true);
    fs.unwatchFile(file);
  });

  it("run in a thread until their context ends", async () => {
    const script = path.join(folder, "worker.cjs");
    fs.writeFileSync(
      script,
      "const w = require('worker_threads'); w.parentPort.postMessage(w.workerData); setInterval(() => {}, 1000);",
    );
    const worker = ctx.worker(script, { workerData: "data" });
    expect(await once(worker, "message")).toEqual(["data"]);
    const exited = once(worker, "exit");
    await ctx.disposeAsync();
    await exited;
  });

  it("read lines", async () => {
    const input = new PassThrough();
    const reader = ctx.createInterface({ input });
    const line = once(reader, "line");
    input.write("one\n");
    expect(await line).toEqual(["one"]);
    await ctx.disposeAsync();
    expect(() => reader.question("?", () => {})).toThrow(
      expect.objectContaining({ code: "ERR_USE_AFTER_CLOSE" }),
    );
    expect(input.destroyed).toBe(false);
  });

  it("get a signal of their own", async () => {
    const log: string[] = [];
    const done = ctx.task(async (signal) => {
      await once(signal, "abort");
      log.push("stopped");
      return 7;
    });
    expect(ctx.size).toBe(1);
    await ctx.disposeAsync();
    expect(log).toEqual(["stopped"]);
    expect(await done).toBe(7);
    ctx = new ResourceContext();
    await expect(ctx.task(() => Promise.reject(new Error("failed")))).rejects.toThrow("failed");
  });
});

describe("a context that cannot hold any more", () => {
  const calls = {
    spawn: () => ctx.spawn("true"),
    exec: () => ctx.exec("true"),
    execFile: () => ctx.execFile("true"),
    promisified: () => promisify(ctx.execFile)("true"),
    fork: () => ctx.fork(path.join(folder, "missing.cjs")),
    createWriteStream: () => ctx.createWriteStream(path.join(folder, "never")),
    createReadStream: () => ctx.createReadStream(path.join(folder, "never")),
    mkdtempSync: () => ctx.mkdtempSync(path.join(folder, "never-")),
    tempFile: () => ctx.tempFile({ dir: folder }),
    tempDir: () => ctx.tempDir({ dir: folder }),
    createServer: () => ctx.createServer(),
    connect: () => ctx.connect(1),
    setTimeout: () => ctx.setTimeout(() => {}, 1),
    setInterval: () => ctx.setInterval(() => {}, 1),
    setImmediate: () => ctx.setImmediate(() => {}),
    pause: () => promisify(ctx.setTimeout)(1),
    watch: () => ctx.watch(folder),
    watchFile: () => ctx.watchFile(folder, () => {}),
    worker: () => ctx.worker(path.join(folder, "missing.cjs")),
    createInterface: () => ctx.createInterface({ input: new PassThrough() }),
    task: () => ctx.task(() => {}),
  };

  it.each(Object.entries(calls))("refuses %s before anything is acquired", async (_name, call) => {
    const before = fs.readdirSync(folder).sort();
    await ctx.disposeAsync();
    expect(call).toThrow(ContextClosedError);
    expect(fs.readdirSync(folder).sort()).toEqual(before);
  });

  it.each([
    ["open", () => ctx.open(folder)],
    ["mkdtemp", () => ctx.mkdtemp(path.join(folder, "never-"))],
  ])("rejects %s", async (_name, call) => {
    await ctx.disposeAsync();
    await expect(call()).rejects.toBeInstanceOf(ContextClosedError);
  });
});

describe("limits of the process", () => {
  afterEach(() => configure({ limits: {} }));

  it("make an acquisition wait until one of its kind is released", async () => {
    configure({ limits: { file: { max: 2 } } });
    const handles = [await ctx.open(folder), await ctx.open(folder)];
    const log: string[] = [];
    const third = ctx.open(folder).then(() => log.push("third"));
    await sleep(20);
    expect(log).toEqual([]);
    await handles[0]?.close();
    await third;
    expect(ctx.size).toBe(2);
  });

  it("let all through in the end, and never too many at a time", async () => {
    configure({ limits: { file: { max: 3 } } });
    let [open, most] = [0, 0];
    const use = async (): Promise<void> => {
      const handle = await ctx.open(folder);
      most = Math.max(most, (open += 1));
      await sleep(1);
      open -= 1;
      await handle.close();
    };
    await Promise.all(Array.from({ length: 40 }, use));
    expect(most).toBe(3);
    expect(ctx.size).toBe(0);
  });

  it("give the room of a failed acquisition back", async () => {
    configure({ limits: { file: { max: 1, whenFull: "refuse" } } });
    await expect(ctx.open(path.join(folder, "missing"))).rejects.toMatchObject({ code: "ENOENT" });
    await ctx.open(folder);
    await expect(ctx.open(folder)).rejects.toBeInstanceOf(LimitExceededError);
  });

  it("refuse what cannot wait", () => {
    configure({ limits: { timer: { max: 1 } } });
    ctx.setTimeout(() => {}, 60_000);
    expect(() => ctx.setTimeout(() => {}, 60_000)).toThrow(LimitExceededError);
    // What is there already is let in, for nobody could wait.
    ctx.timer(setTimeout(() => {}, 60_000));
    expect(ctx.size).toBe(2);
  });

  it("release at once what is there already, when they refuse", () => {
    configure({ limits: { Map: { max: 1, whenFull: "refuse" } } });
    const release = vi.fn();
    ctx.adopt(new Map(), () => {});
    expect(() => ctx.adopt(new Map(), release)).toThrow(
      expect.objectContaining({ code: "ERR_LIMIT_EXCEEDED" }),
    );
    expect(release).toHaveBeenCalledOnce();
    expect(ctx.size).toBe(1);
  });

  it("end the wait of a context that is disposed", async () => {
    configure({ limits: { file: { max: 1 } } });
    const other = new ResourceContext();
    await other.open(folder);
    const waiting = outcome(() => ctx.open(folder));
    await ctx.disposeAsync();
    expect(await waiting).toMatchObject({ error: { code: "ERR_CONTEXT_CLOSED" } });
    await other.disposeAsync();
  });
});
