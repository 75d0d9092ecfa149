import { describe, expect, it } from "vitest";
import * as core from "../src/index.js";
import * as files from "../src/files/index.js";
import * as leaks from "../src/leaks/index.js";
import * as metrics from "../src/metrics/index.js";
import * as network from "../src/network/index.js";
import * as protocols from "../src/protocols/index.js";
import * as testing from "../src/testing/index.js";

// What a program in plain JavaScript can get wrong: no type checker stands between it and these functions.

const ARGUMENT = "ERR_INVALID_ARGUMENT";
const OPTION = "ERR_UNKNOWN_OPTION";

type Call = readonly [code: string, target: unknown, ...args: readonly unknown[]];

/** Functions are called, classes are constructed. */
async function outcome([, target, ...args]: Call): Promise<unknown> {
  if (typeof target !== "function") throw new TypeError("This is exported no more.");
  const isClass = /^class\b/.test(Function.prototype.toString.call(target));
  await (isClass ? Reflect.construct(target, args) : Reflect.apply(target, undefined, args));
  return "accepted";
}

const context = new core.ResourceContext();
const manager = new core.ResourceManager();
const client = new network.ManagedHTTPClient();
const connection = new network.ManagedWebSocketConnection("ws://127.0.0.1:1");
const batch = new files.BatchFileOperations("/tmp");
const operations = new files.SafeFileOperations();
const detector = new leaks.ResourceLeakDetector();
const pool = new protocols.ResourcePool({ kind: "number", create: () => ({ n: 1 }) });
const work = (): number => 1;
const unreachable = "http://127.0.0.1:1/";

const calls: Readonly<Record<string, readonly Call[]>> = {
  contexts: [
    [ARGUMENT, core.ResourceContext, 5],
    [OPTION, core.ResourceContext, { timeout: 5 }],
    [ARGUMENT, core.ResourceContext, { concurrency: 0 }],
    [ARGUMENT, core.ResourceContext.run.bind(core.ResourceContext)],
    [OPTION, core.ResourceContext.run.bind(core.ResourceContext), work, { nme: "a" }],
    [ARGUMENT, context.child.bind(context), 5],
    [ARGUMENT, context.child.bind(context), null],
    [OPTION, context.child.bind(context), { nme: "a" }],
    [ARGUMENT, context.parallel.bind(context), { concurrency: -1 }],
    [ARGUMENT, context.use.bind(context), 5],
    [ARGUMENT, context.adopt.bind(context), 5],
    [ARGUMENT, context.defer.bind(context), 5],
    [ARGUMENT, context.task.bind(context), Promise.resolve(), 5],
    [OPTION, context.tempFile.bind(context), { prefx: "a" }],
    [ARGUMENT, context.tempDir.bind(context), { dir: 5 }],
    [ARGUMENT, context.tempDir.bind(context), { prefix: "../a" }],
  ],
  "managers, monitors and helpers": [
    [ARGUMENT, core.ResourceManager, 5],
    [ARGUMENT, core.ResourceManager, null],
    [OPTION, core.ResourceManager, { limts: {} }],
    [ARGUMENT, core.ResourceManager, { limits: 5 }],
    [ARGUMENT, core.ResourceManager, { logger: {} }],
    [ARGUMENT, manager.register.bind(manager), 5],
    [ARGUMENT, manager.register.bind(manager), {}, 5],
    [ARGUMENT, manager.acquire.bind(manager)],
    [OPTION, core.HealthMonitor, { intervall: 5 }],
    [ARGUMENT, core.HealthMonitor, 5],
    [ARGUMENT, core.withTempFile],
    [OPTION, core.withTempFile, work, { prefx: "a" }],
    [ARGUMENT, core.withTempDir, work, "a"],
    [ARGUMENT, core.withManagedProcess, null],
    [ARGUMENT, core.withResourceCleanup, 5],
    [ARGUMENT, core.ManagedSubprocess],
    [ARGUMENT, core.ManagedSubprocess, { command: "" }],
  ],
  settings: [
    [ARGUMENT, core.configure, 5],
    [OPTION, core.configure, { timeout: 5 }],
    [ARGUMENT, core.configure, { limits: null }],
    [ARGUMENT, core.configure, { limits: 5 }],
    [ARGUMENT, core.configure, { limits: { process: 5 } }],
    [ARGUMENT, core.configure, { limits: { process: { max: 0 } } }],
    [ARGUMENT, core.configure, { reaper: 1 }],
  ],
  files: [
    ...[
      files.AtomicFileWriter,
      files.LockedFileResource,
      files.SafeDirectoryCreator,
      files.BatchFileOperations,
    ].flatMap((one): readonly Call[] => [
      [ARGUMENT, one],
      [ARGUMENT, one, 5],
      [ARGUMENT, one, "a\0b"],
      [OPTION, one, "/tmp/a", { bogus: 1 }],
    ]),
    [ARGUMENT, files.SafeFileOperations, 5],
    [ARGUMENT, operations.read.bind(operations), 5],
    [ARGUMENT, operations.copy.bind(operations), "/tmp/a"],
    [OPTION, operations.copy.bind(operations), "/tmp/a", "/tmp/b", { overwite: true }],
    [ARGUMENT, files.decodeText, 5],
    [ARGUMENT, files.resolveInside, 5, "a"],
    [ARGUMENT, files.resolveInsideSync, "/tmp", 5],
    ["ERR_PATH_OUTSIDE_ROOT", files.resolveInside, "/tmp", "../a"],
    [ARGUMENT, files.lockedFile, 5],
    [ARGUMENT, files.withLockedFile, "/tmp/a", {}],
    [ARGUMENT, files.withSafeDirectory, 5],
    [ARGUMENT, files.withBatchFileOperations, "/tmp", {}, 5],
    [ARGUMENT, files.atomicFileWrite, 5],
    [ARGUMENT, batch.write.bind(batch), "a", 5],
    [ARGUMENT, batch.copy.bind(batch), "a"],
  ],
  network: [
    [ARGUMENT, network.checkPort, "x"],
    [OPTION, network.checkPort, 80, { hst: "a" }],
    [ARGUMENT, network.waitForPort, 0],
    [OPTION, network.ManagedHTTPClient, { base: "a" }],
    [ARGUMENT, network.ManagedHTTPClient, { headers: 5 }],
    [ARGUMENT, client.request.bind(client), "a"],
    [ARGUMENT, client.request.bind(client), unreachable, { headers: 5 }],
    [ARGUMENT, client.request.bind(client), unreachable, { query: "a=b" }],
    [ARGUMENT, client.request.bind(client), unreachable, { signal: 5 }],
    [ARGUMENT, network.withHttpClient, {}],
    [ARGUMENT, network.ManagedWebSocketConnection],
    [ARGUMENT, network.ManagedWebSocketConnection, "http://localhost"],
    [OPTION, network.ManagedWebSocketConnection, "ws://localhost", { bogus: 1 }],
    [ARGUMENT, connection.on.bind(connection), "opn", work],
    [ARGUMENT, connection.on.bind(connection), "open", 5],
    [ARGUMENT, network.ManagedWebSocketServer],
    [OPTION, network.ManagedWebSocketServer, { prt: 1, handler: work }],
    [ARGUMENT, network.withWebSocketServer, { port: 0, handler: work }],
    [OPTION, network.NetworkResourceManager, { bogus: 1 }],
    [OPTION, network.WebSocketHealthMonitor, { bogus: 1 }],
    [ARGUMENT, network.ManagedSubprocess, { command: 5 }],
  ],
  "protocols, leaks, testing and metrics": [
    [ARGUMENT, protocols.ResourcePool],
    [OPTION, protocols.ResourcePool, { kind: "a", create: work }, { mx: 1 }],
    [ARGUMENT, pool.release.bind(pool), 5],
    [ARGUMENT, protocols.ensureInitialized],
    [OPTION, leaks.ResourceLeakDetector, { bogus: 1 }],
    [ARGUMENT, leaks.enableLeakDetection, 5],
    [ARGUMENT, detector.report.bind(detector), 5],
    [ARGUMENT, leaks.formatLeakReport, 5],
    ["ERR_RESOURCE_STATE", leaks.leakReport],
    [ARGUMENT, testing.failOnLeaks, 5],
    [ARGUMENT, metrics.logResourceEvents],
    [OPTION, metrics.recordToOpenTelemetry, { bogus: 1 }],
    [ARGUMENT, metrics.recordToOpenTelemetry, { meter: 5 }],
    [ARGUMENT, metrics.recordToPromClient, { register: 5 }],
  ],
};

describe("bad input is refused by code, with what came and what was expected", () => {
  it.each(Object.entries(calls))("%s", async (_part, list) => {
    for (const call of list) {
      const [code, target, ...args] = call;
      const what = `${String(Reflect.get(Object(target), "name"))}(${JSON.stringify(args)})`;
      await expect(outcome(call), what).rejects.toMatchObject({ code });
    }
  });
});

it("closing twice, in either way, changes nothing", async () => {
  const twice = new core.ResourceContext();
  const ends: string[] = [];
  twice.defer(() => ends.push("released"));
  await twice.disposeAsync();
  await twice.disposeAsync();
  twice.dispose();
  expect(ends).toEqual(["released"]);
});

it.each(["spawn", "child", "move", "tempFile"] as const)(
  "%s() of a disposed context says so",
  async (name) => {
    const closed = new core.ResourceContext();
    await closed.disposeAsync();
    await expect(
      outcome(["", closed[name].bind(closed), ...(name === "spawn" ? ["true"] : [])]),
    ).rejects.toMatchObject({
      code: "ERR_CONTEXT_CLOSED",
    });
  },
);
