import * as cp from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { type Attributes, metrics } from "@opentelemetry/api";
import * as prom from "prom-client";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { publish } from "../../src/events.js";
import { InvalidArgumentError, ResourceContext, UnknownOptionError } from "../../src/index.js";
import { logResourceEvents, recordToOpenTelemetry, recordToPromClient } from "../../src/metrics/index.js";
import { ensureBuilt, runtimeFolder } from "../helpers.js";

/** Two of one kind and one of another; one release fails, and one stays open. */
async function work(): Promise<ResourceContext> {
  const open = new ResourceContext();
  open.defer(() => {});
  const context = new ResourceContext();
  context.defer(() => {});
  context.process(cp.spawn("sleep", ["30"]));
  context.defer(() => Promise.reject(new Error("stuck")));
  await context.disposeAsync({ throwErrors: true }).catch(() => undefined);
  publish("timeout", () => ({ kind: "lock", owner: "x", limit: 5 }));
  publish("leak", () => ({ kind: "stream", age: 5 }));
  publish("restart", () => ({ kind: "subprocess", name: "worker", attempt: 1, delay: 100 }));
  publish("health", () => ({ kind: "socket", name: "api", status: "failed" }));
  publish("health", () => ({ kind: "socket", name: "api", status: "ok" }));
  return open;
}

describe("recordToPromClient", () => {
  it("records every event in a registry of prom-client", async () => {
    const register = new prom.Registry();
    await using scope = new ResourceContext();
    scope.use(await recordToPromClient({ register }));
    scope.use(await work());
    const text = await register.metrics();
    for (const line of [
      'resource_context_open{kind="defer"} 1',
      'resource_context_open{kind="process"} 0',
      'resource_context_acquired_total{kind="defer"} 3',
      'resource_context_acquired_total{kind="process"} 1',
      'resource_context_released_total{kind="defer",outcome="ok"} 1',
      'resource_context_released_total{kind="defer",outcome="failed"} 1',
      'resource_context_released_total{kind="process",outcome="ok"} 1',
      'resource_context_timeouts_total{kind="lock"} 1',
      'resource_context_leaks_total{kind="stream"} 1',
      'resource_context_restarts_total{kind="subprocess"} 1',
      'resource_context_unhealthy_total{kind="socket",status="failed"} 1',
      'resource_context_release_duration_seconds_count{kind="process",outcome="ok"} 1',
    ])
      expect(text).toContain(line);
  });

  it("uses the global registry by default, and leaves it as it was when it is stopped", async () => {
    const first = await recordToPromClient();
    expect(prom.register.getSingleMetric("resource_context_open")).toBeDefined();
    first.stop();
    expect(await prom.register.metrics()).not.toContain("resource_context");
    const second = await recordToPromClient();
    second.stop();
  });

  it("does not count down what was acquired before", async () => {
    const register = new prom.Registry();
    const context = new ResourceContext();
    context.defer(() => {});
    const recording = await recordToPromClient({ register });
    await context.disposeAsync();
    const text = await register.metrics();
    expect(text).not.toContain("resource_context_open{");
    expect(text).toContain('resource_context_released_total{kind="defer",outcome="ok"} 1');
    recording.stop();
  });
});

/** A provider that keeps what it is told, behind the real API. */
function recordingProvider() {
  const told: string[] = [];
  const instrument = (name: string) => {
    const tell = (value: number, labels: Attributes = {}): number =>
      told.push(
        `${name} ${value > 0 && name.endsWith("duration") ? "some" : value} ${JSON.stringify(labels)}`,
      );
    return { add: tell, record: tell };
  };
  const none = { addCallback: () => {}, removeCallback: () => {} };
  const meter = {
    createCounter: instrument,
    createUpDownCounter: instrument,
    createHistogram: instrument,
    createGauge: instrument,
    createObservableCounter: () => none,
    createObservableUpDownCounter: () => none,
    createObservableGauge: () => none,
    addBatchObservableCallback: () => {},
    removeBatchObservableCallback: () => {},
  };
  return { told, provider: { getMeter: () => meter }, meter };
}

describe("recordToOpenTelemetry", () => {
  afterEach(() => metrics.disable());

  it("records every event through the global meter of the OpenTelemetry API", async () => {
    const { told, provider } = recordingProvider();
    metrics.setGlobalMeterProvider(provider);
    await using scope = new ResourceContext();
    scope.use(await recordToOpenTelemetry());
    scope.use(await work());
    for (const line of [
      'resource_context.open 1 {"kind":"process"}',
      'resource_context.open -1 {"kind":"process"}',
      'resource_context.acquired 1 {"kind":"process"}',
      'resource_context.released 1 {"kind":"defer","outcome":"failed"}',
      'resource_context.release.duration some {"kind":"process","outcome":"ok"}',
      'resource_context.timeouts 1 {"kind":"lock"}',
      'resource_context.leaks 1 {"kind":"stream"}',
      'resource_context.restarts 1 {"kind":"subprocess"}',
      'resource_context.unhealthy 1 {"kind":"socket","status":"failed"}',
    ])
      expect(told).toContain(line);
  });

  it("takes a meter, and records nothing after it was stopped", async () => {
    const { told, meter } = recordingProvider();
    const recording = await recordToOpenTelemetry({ meter });
    recording.stop();
    await using context = new ResourceContext();
    context.defer(() => {});
    expect(told).toEqual([]);
  });

  it("is silent where nobody has set a provider", async () => {
    await using scope = new ResourceContext();
    scope.use(await recordToOpenTelemetry());
    await using context = new ResourceContext();
    context.defer(() => {});
  });
});

describe("logResourceEvents", () => {
  it("writes fields and text, at the level that an event deserves", async () => {
    const lines: unknown[] = [];
    const at =
      (level: string) =>
      (fields: object, text: string): number =>
        lines.push([level, Reflect.get(fields, "kind"), text]);
    await using scope = new ResourceContext();
    scope.use(
      logResourceEvents({
        debug: at("debug"),
        info: at("info"),
        warn: at("warn"),
        error: at("error"),
      }),
    );
    scope.use(await work());
    expect(lines).toContainEqual(["debug", "process", "resource acquired"]);
    expect(lines).toContainEqual(["debug", "process", "resource released"]);
    expect(lines).toContainEqual(["warn", "defer", "resource could not be released"]);
    expect(lines).toContainEqual(["warn", "lock", "resource did not answer in time"]);
    expect(lines).toContainEqual(["warn", "stream", "resource leaked"]);
    expect(lines).toContainEqual(["info", "subprocess", "resource restarts"]);
    expect(lines).toContainEqual(["warn", "socket", "resource is not well"]);
    expect(lines).toContainEqual(["debug", "socket", "resource is well"]);
  });

  it("takes the console", () => {
    logResourceEvents(console).stop();
  });
});

describe("bad input of the adapters", () => {
  it("is refused by name", async () => {
    expect(() => Reflect.apply(logResourceEvents, undefined, [{ debug: () => {} }])).toThrow(
      InvalidArgumentError,
    );
    await expect(Reflect.apply(recordToPromClient, undefined, [{ registry: 1 }])).rejects.toThrow(
      UnknownOptionError,
    );
    await expect(Reflect.apply(recordToPromClient, undefined, [{ register: {} }])).rejects.toThrow(
      '"register" must be',
    );
    await expect(Reflect.apply(recordToOpenTelemetry, undefined, [{ meter: {} }])).rejects.toThrow(
      '"meter" must be',
    );
  });
});

describe("without the packages", () => {
  beforeAll(ensureBuilt, 120_000);

  it("the adapters say what to install, in ESM and in CommonJS", () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "no-peers-"));
    fs.cpSync(path.join(runtimeFolder, "dist"), path.join(folder, "dist"), { recursive: true });
    fs.writeFileSync(path.join(folder, "package.json"), '{ "type": "module" }');
    const show = 'const show = (e) => console.log(e.code + " " + e.message);';
    const use = "m.recordToPromClient().catch(show).then(() => m.recordToOpenTelemetry()).catch(show)";
    const load = {
      esm: `${show} import("./dist/esm/metrics/index.js").then((m) => ${use})`,
      cjs: `${show} const m = require("./dist/cjs/metrics/index.js"); ${use}`,
    };
    for (const text of Object.values(load)) {
      const args = ["--input-type=commonjs", "-e", text];
      const { stdout, stderr } = cp.spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
      expect(stderr).toBe("");
      expect(stdout).toContain("ERR_MISSING_PEER");
      expect(stdout).toContain("npm install prom-client");
      expect(stdout).toContain("npm install @opentelemetry/api");
    }
    fs.rmSync(folder, { recursive: true });
  });
});
