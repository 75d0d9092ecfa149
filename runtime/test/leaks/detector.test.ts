import * as cp from "node:child_process";
import * as diagnostics from "node:diagnostics_channel";
import * as net from "node:net";
import * as v8 from "node:v8";
import * as vm from "node:vm";
import { afterEach, describe, expect, it } from "vitest";
import {
  InvalidArgumentError,
  ResourceContext,
  ResourceStateError,
  UnknownOptionError,
} from "../../src/index.js";
import {
  disableLeakDetection,
  enableLeakDetection,
  formatLeakReport,
  getLeakDetector,
  leakReport,
  ResourceLeakDetector,
} from "../../src/leaks/index.js";
import { until } from "../helpers.js";

afterEach(() => void disableLeakDetection());

v8.setFlagsFromString("--expose-gc");
const collectGarbage: () => void = vm.runInNewContext("gc");

const openLog = (context: ResourceContext): object => context.adopt({ path: "build.log" }, () => {});

describe("leak detection", () => {
  it("knows kind, owner and age of what is open, and forgets what was released", async () => {
    enableLeakDetection();
    const context = new ResourceContext({ name: "build" });
    openLog(context);
    context.defer(() => {});
    const [log, deferred] = leakReport().resources;
    expect([log, deferred]).toMatchObject([
      { kind: "Object", owner: "build", site: undefined },
      { kind: "defer", owner: "build" },
    ]);
    expect(log?.age).toBeGreaterThanOrEqual(deferred?.age ?? Infinity);
    await context.disposeAsync();
    expect(leakReport().resources).toEqual([]);
  });

  it("knows with stacks the line and the function of the program", () => {
    enableLeakDetection({ stacks: true });
    const context = new ResourceContext();
    openLog(context);
    expect(leakReport().resources[0]?.site).toMatch(/test\/leaks\/detector\.test\.ts:\d+:\d+ \(openLog\)$/);
    context.dispose();
  });

  it("tells a release that failed where its resource was acquired, with stacks", async () => {
    enableLeakDetection({ stacks: true });
    const context = new ResourceContext();
    const openPort = (): unknown =>
      context.adopt({}, () => {
        throw new Error("stuck");
      });
    openPort();
    await expect(context.disposeAsync({ throwErrors: true })).rejects.toMatchObject({
      failures: [{ site: expect.stringMatching(/detector\.test\.ts:\d+:\d+ \(openPort\)$/) }],
      message: expect.stringContaining("(openPort): stuck"),
    });
  });

  it("forgets what was disowned and what ended by itself", async () => {
    enableLeakDetection();
    await using context = new ResourceContext();
    const log = openLog(context);
    const child = context.process(cp.spawn("true"));
    context.disown(log);
    await new Promise((resolve) => child.once("close", resolve));
    expect(leakReport().resources).toEqual([]);
  });

  it("remembers and publishes what was garbage collected without having been released", async () => {
    const detector = enableLeakDetection({ stacks: true });
    const published: unknown[] = [];
    const listener = (message: unknown): void => void published.push(message);
    diagnostics.subscribe("resource:leak", listener);
    (function lose(): void {
      openLog(new ResourceContext({ name: "lost" }));
    })();
    const isLost = await until(() => {
      collectGarbage();
      return detector.report().lost.length === 1;
    });
    diagnostics.unsubscribe("resource:leak", listener);
    expect(isLost).toBe(true);
    expect(detector.report()).toMatchObject({ resources: [], lost: [{ kind: "Object", owner: "lost" }] });
    expect(published).toMatchObject([{ kind: "Object", site: expect.stringContaining("(openLog)") }]);
  });

  it("keeps nothing alive that it looks at", async () => {
    enableLeakDetection({ stacks: true });
    const value = (function hold(): WeakRef<object> {
      return new WeakRef(new ResourceContext().adopt({ large: new Uint8Array(1_000) }, () => {}));
    })();
    expect(await until(() => (collectGarbage(), value.deref() === undefined))).toBe(true);
  });

  it("lists what never went through a context, with stacks where it was made", async () => {
    const detector = enableLeakDetection({ stacks: true });
    const mark = detector.mark();
    const server = net.createServer();
    await new Promise<void>((resolve) => server.listen(0, resolve));
    const timer = setInterval(() => {}, 60_000);
    const child = cp.spawn("sleep", ["30"]);
    const found = detector.report(mark).handles;
    expect(found.map(({ kind }) => kind).sort()).toEqual(["process", "server", "timer"]);
    for (const { site } of found) expect(site).toMatch(/test\/leaks\/detector\.test\.ts:\d+:\d+/);
    await using context = new ResourceContext();
    context.process(child);
    context.timer(timer);
    context.server(server);
    expect(detector.report(mark).handles).toEqual([]);
  });

  it("leaves out handles that were closed in this very turn, unreferenced ones, and those it needs itself", async () => {
    const detector = enableLeakDetection({ stacks: true });
    const mark = detector.mark();
    const server = net.createServer();
    await new Promise<void>((resolve) => server.listen(0, resolve));
    setTimeout(() => {}, 60_000).unref();
    await using context = new ResourceContext();
    context.spawn("sleep", ["30"]);
    server.close();
    expect(detector.report(mark).handles).toEqual([]);
    await context.disposeAsync();
    expect(detector.report(mark).handles).toEqual([]);
  });
});

describe("one detector for the process", () => {
  it("is the same for everybody, and takes on stacks when they are asked for", () => {
    expect(getLeakDetector()).toBeUndefined();
    const detector = enableLeakDetection();
    expect(enableLeakDetection({ stacks: true })).toBe(detector);
    expect([getLeakDetector(), detector.hasStacks]).toEqual([detector, true]);
  });

  it("gives its last report when it is switched off, and then says that it is off", () => {
    enableLeakDetection();
    const context = new ResourceContext();
    openLog(context);
    expect(disableLeakDetection()).toMatchObject({ resources: [{ kind: "Object" }] });
    expect(disableLeakDetection()).toBeUndefined();
    expect(leakReport).toThrow(ResourceStateError);
    expect(leakReport).toThrow("call enableLeakDetection() first");
    context.dispose();
  });

  it("refuses wrong and unknown options, and then looks at nothing", () => {
    expect(() => Reflect.apply(enableLeakDetection, undefined, [{ stack: true }])).toThrow(
      UnknownOptionError,
    );
    expect(() => Reflect.construct(ResourceLeakDetector, [{ stacks: "yes" }])).toThrow(InvalidArgumentError);
    expect(getLeakDetector()).toBeUndefined();
  });
});

describe("a leak report", () => {
  it("reads as one line for each thing that is open, and is empty when nothing is", () => {
    const open = { kind: "stream", owner: "build", age: 1_234, site: "src/build.ts:3:7 (openLog)" };
    const timer = { kind: "timer", site: undefined };
    const report = { duration: 1, resources: [open], lost: [{ ...open, age: 20 }], handles: [timer, timer] };
    expect(formatLeakReport(report)).toBe(
      [
        "held by contexts that were not disposed:",
        '  stream, held by "build" for 1.2 s, from src/build.ts:3:7 (openLog)',
        "lost: the context was garbage collected before it was disposed:",
        '  stream, held by "build" for 20 ms, from src/build.ts:3:7 (openLog)',
        "open without a context:",
        "  2 x timer",
      ].join("\n"),
    );
    expect(formatLeakReport({ duration: 1, resources: [], lost: [], handles: [] })).toBe("");
  });

  it("holds nothing of what the program passed around", () => {
    const detector = enableLeakDetection({ stacks: true });
    const context = new ResourceContext();
    (function connect(password: string): void {
      context.adopt({ password }, () => {});
      context.defer(() => password);
    })("hunter2");
    const report = detector.report();
    expect(report.resources).toHaveLength(2);
    expect(JSON.stringify(report) + formatLeakReport(report)).not.toContain("hunter2");
    context.dispose();
  });
});
