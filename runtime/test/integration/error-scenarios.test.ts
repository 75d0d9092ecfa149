import * as fs from "node:fs";
import * as path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import {
  ContextClosedError,
  ManagedSubprocess,
  ReleaseTimeoutError,
  ResourceContext,
} from "../../src/index.js";
import { AtomicFileWriter } from "../../src/files/index.js";
import { NetworkResourceManager } from "../../src/network/index.js";
import { alive, isAlive, newMark, program, until } from "../helpers.js";
import { makeFolder, rejection, removeFolders, startChild, warnings } from "./support.js";

afterEach(removeFolders);

describe("ComprehensiveErrorScenarios", () => {
  it("every kind at once: one release that throws, one that hangs, and still nothing is left", async () => {
    using warned = warnings();
    const { child, mark } = await startChild("family");
    const folder = fs.mkdtempSync(path.join(makeFolder(), "temp-"));
    const file = path.join(makeFolder(), "report.txt");
    fs.writeFileSync(file, "old");
    const failure = new Error("the work failed");
    const ctx = new ResourceContext({ resourceTimeout: 4_000 });
    const work = (async () => {
      await using held = ctx;
      held.tempDir(folder);
      held.process(child);
      held.use(new NetworkResourceManager());
      held.adopt("map", () => {
        throw new Error("map is stuck");
      });
      held.defer(() => new Promise(() => {}));
      const writer = held.use(new AtomicFileWriter(file));
      await writer.initialize();
      await writer.write("half");
      throw failure;
    })();
    expect(await rejection(work)).toBe(failure);
    expect(await until(() => alive(mark).length === 0)).toBe(true);
    expect({ folder: fs.existsSync(folder), file: fs.readFileSync(file, "utf8") }).toEqual({
      folder: false,
      file: "old",
    });
    expect(ctx.cleanupError?.errors).toHaveLength(2);
    expect(ctx.cleanupError?.errors[0]).toBeInstanceOf(ReleaseTimeoutError);
    await until(() => warned.seen.length > 0);
    expect(warned.seen).toHaveLength(1);
  });

  it("a resource that arrives while its context is being disposed is released, not lost", async () => {
    const ctx = new ResourceContext();
    ctx.defer(() => new Promise((resolve) => setTimeout(resolve, 100)));
    const disposing = ctx.disposeAsync();
    const { child } = await startChild();
    expect(() => ctx.process(child)).toThrow(ContextClosedError);
    await disposing;
    expect(await until(() => !isAlive(child.pid))).toBe(true);
  });

  it("a process that ignores SIGTERM is killed, with what it started", async () => {
    const { child, mark } = await startChild("stubborn");
    const ctx = new ResourceContext({ resourceTimeout: 1_000 });
    ctx.process(child);
    await ctx.disposeAsync({ throwErrors: true });
    expect(alive(mark)).toEqual([]);
    expect(child.signalCode).toBe("SIGKILL");
  });

  it("a managed process that keeps dying is given up, and what needs it is closed", async () => {
    const needs = new ResourceContext();
    const released: string[] = [];
    needs.defer(() => released.push("needs"));
    const subprocess = new ManagedSubprocess({
      command: process.execPath,
      args: ["-e", "process.exit(1)"],
      restart: { policy: "permanent", delay: 1 },
      closes: needs,
    });
    const failed = rejection(subprocess.initialize());
    expect(await until(() => released.length > 0, 40_000)).toBe(true);
    await failed;
    await rejection(subprocess.close());
    expect(needs.disposed).toBe(true);
  });

  it("a managed process lives as long as it is managed", async () => {
    const mark = newMark();
    const subprocess = new ManagedSubprocess({
      command: process.execPath,
      args: [program("child.mjs"), mark, "family"],
    });
    await subprocess.initialize();
    expect(await until(() => alive(mark).length === 2)).toBe(true);
    await subprocess.close();
    expect(alive(mark)).toEqual([]);
  });
});
