import * as fs from "node:fs";
import * as path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { ResourceContext } from "../../src/index.js";
import {
  disableLeakDetection,
  enableLeakDetection,
  formatLeakReport,
  getLeakDetector,
  leakReport,
} from "../../src/leaks/index.js";
import { makeFolder, removeFolders, startChild } from "./support.js";

afterEach(() => {
  disableLeakDetection();
  removeFolders();
});

describe("ResourceLeakDetection", () => {
  it("names what is open: kind, owner, age and the line that acquired it", async () => {
    enableLeakDetection({ stacks: true });
    const ctx = new ResourceContext({ name: "job" });
    const { child } = await startChild();
    ctx.process(child);
    ctx.tempDir(fs.mkdtempSync(path.join(makeFolder(), "temp-")));
    const { resources } = leakReport();
    expect(resources.map(({ kind, owner }) => ({ kind, owner }))).toEqual([
      { kind: "process", owner: "job" },
      { kind: "tempDir", owner: "job" },
    ]);
    for (const { site, age } of resources) {
      expect(site).toContain("leak-detection.test.ts");
      expect(age).toBeGreaterThanOrEqual(0);
    }
    await ctx.disposeAsync();
    expect(leakReport().resources).toEqual([]);
  });

  it("says nothing of what was released, and forgets nothing of what was not", async () => {
    const detector = enableLeakDetection();
    expect(getLeakDetector()).toBe(detector);
    const open = new ResourceContext({ name: "open" });
    open.adopt("port", () => {});
    await ResourceContext.run((ctx) => void ctx.defer(() => {}));
    expect(formatLeakReport(detector.report())).toContain('held by "open"');
    expect(disableLeakDetection()?.resources).toHaveLength(1);
    expect(getLeakDetector()).toBeUndefined();
    await open.disposeAsync();
  });
});
