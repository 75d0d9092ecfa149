// What every supported Node has to be able to do. Node 18.0 has no Vitest, so this is plain.
import * as assert from "node:assert";
import * as cp from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as http from "node:http";
import * as os from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import { CleanupError, ContextClosedError, ResourceContext } from "../../dist/esm/index.js";
import {
  AtomicFileWriter,
  BatchFileOperations,
  lockedFile,
  resolveInside,
  SafeFileOperations,
} from "../../dist/esm/files/index.js";
import { ManagedWebSocketConnection, withWebSocketServer } from "../../dist/esm/network/index.js";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "resource-context-"));
const ctx = new ResourceContext();
ctx.tempDir(folder);
const log = ctx.stream(fs.createWriteStream(path.join(folder, "log")));
log.write("line\n");
const handle = ctx.file(await fs.promises.open(path.join(folder, "other"), "w"));
const server = ctx.server(http.createServer());
await new Promise((resolve) => server.listen(0, resolve));
const adopted = ctx.process(cp.spawn("sleep", ["20"]));
const spawned = ctx.spawn("sleep", ["20"], { stdio: "ignore" });
ctx.timer(setInterval(() => {}, 1_000));
const socket = ctx.connect(server.address().port, "127.0.0.1");
await once(socket, "connect");
const output = await promisify(ctx.execFile)("echo", ["out"]);
const opened = await ctx.open(path.join(folder, "opened"), "w");
const made = await ctx.mkdtemp(path.join(folder, "made-"));
const worker = ctx.worker(new URL("data:text/javascript,setInterval(() => {}, 1000)"));
const fired = await promisify(ctx.setTimeout)(1, "fired");
ctx.setInterval(() => {}, 1_000);
const task = ctx.task(async (signal) => void (await once(signal, "abort")));
ctx.child().defer(() => {});
let isDisposed = false;
ctx.use({ [Symbol.asyncDispose]: async () => void (isDisposed = true) });
await ctx[Symbol.asyncDispose]();

assert.equal(ctx.cleanupError, undefined);
assert.deepEqual([adopted.signalCode, spawned.signalCode], ["SIGTERM", "SIGTERM"]);
assert.deepEqual([log.closed, handle.fd, server.listening, isDisposed], [true, -1, false, true]);
assert.equal(fs.existsSync(folder), false);
assert.deepEqual([output.stdout, opened.fd, socket.destroyed, fired], ["out\n", -1, true, "fired"]);
assert.deepEqual([fs.existsSync(made), worker.threadId], [false, -1]);
await task;
assert.throws(() => ctx.defer(() => {}), ContextClosedError);
await assert.rejects(
  ResourceContext.run((inner) => inner.defer(() => Promise.reject(new Error("stuck")))),
  CleanupError,
);

const handler = (socket) => socket.on("message", (data) => socket.send(`${data}!`, () => {}));
await withWebSocketServer({ port: 0, handler }, async (sockets) => {
  const connection = new ManagedWebSocketConnection(`ws://127.0.0.1:${sockets.port}`);
  const answer = new Promise((resolve) => connection.on("message", resolve));
  await connection.initialize();
  await connection.sendSafe("hello");
  assert.deepEqual(await answer, { data: "hello!" });
  await connection.close();
});
await ResourceContext.run(async (inner) => {
  const root = inner.tempDir({ prefix: "smoke-" });
  const file = path.join(root, "file");
  const writer = inner.use(new AtomicFileWriter(file));
  await writer.write("1");
  assert.equal((await writer.commit()).how, "replaced");
  const lock = inner.use(await lockedFile("file", { root }));
  await lock.update((text) => `${Number(text) + 1}`);
  await lock.close();
  const results = await new BatchFileOperations(root).copy("file", "copy").mkdir("folder").commit();
  assert.deepEqual([results.length, fs.readdirSync(root).sort()], [2, ["copy", "file", "folder"]]);
  assert.equal(await new SafeFileOperations({ root }).readText("copy"), "2");
  await assert.rejects(resolveInside(root, "../.."), { code: "ERR_PATH_OUTSIDE_ROOT" });
});
process.stdout.write("esm ok\n");
