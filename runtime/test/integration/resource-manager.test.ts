import * as fs from "node:fs";
import * as path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import {
  CleanupError,
  cleanupAllGlobalResources,
  ResourceContext,
  ResourceManager,
  withResourceCleanup,
  withTempDir,
  withTempFile,
} from "../../src/index.js";
import { isAlive } from "../helpers.js";
import { makeFolder, rejection, removeFolders, startChild, warnings } from "./support.js";

afterEach(removeFolders);

describe("ResourceManagerIntegration", () => {
  it("cleans up everything on successful completion", async () => {
    const { child } = await startChild();
    const folder = fs.mkdtempSync(path.join(makeFolder(), "temp-"));
    const file = await ResourceContext.run(async (ctx) => {
      ctx.process(child);
      ctx.tempDir(folder);
      const log = ctx.file(await fs.promises.open(path.join(folder, "log"), "w"));
      await log.write("done");
      expect(log.fd).toBeGreaterThan(0);
      return log;
    });
    expect(file.fd).toBe(-1);
    expect({ child: isAlive(child.pid), folder: fs.existsSync(folder) }).toEqual({
      child: false,
      folder: false,
    });
  });

  it("cleans up everything on an exception, and lets the exception through", async () => {
    const { child } = await startChild();
    const folder = fs.mkdtempSync(path.join(makeFolder(), "temp-"));
    const failure = new Error("the work failed");
    const work = withResourceCleanup((ctx) => {
      ctx.process(child);
      ctx.tempDir(folder);
      throw failure;
    });
    expect(await rejection(work)).toBe(failure);
    expect({ child: isAlive(child.pid), folder: fs.existsSync(folder) }).toEqual({
      child: false,
      folder: false,
    });
  });

  it("cleans up several resources in reverse order, and a child context before what its parent holds", async () => {
    const order: string[] = [];
    const manager = new ResourceManager();
    manager.register("database", (name) => order.push(name));
    manager.register("cache", async (name) => {
      await Promise.resolve();
      order.push(name);
    });
    const child = manager.context.child();
    child.defer(() => order.push("request"));
    manager.register("server", (name) => order.push(name));
    await manager.disposeAsync();
    expect(order).toEqual(["request", "server", "cache", "database"]);
    expect(manager.disposed).toBe(true);
  });

  it("goes on with the cleanup despite individual failures, and tells all of them", async () => {
    using warned = warnings();
    const manager = new ResourceManager();
    const folder = fs.mkdtempSync(path.join(makeFolder(), "temp-"));
    manager.context.tempDir(folder);
    manager.register("first", () => Promise.reject(new Error("first is stuck")));
    manager.register("second", () => {
      throw new Error("second is stuck");
    });
    const error = await rejection(manager.disposeAsync({ throwErrors: true }));
    expect(error).toBeInstanceOf(CleanupError);
    expect(manager.cleanupError?.errors.map(String)).toEqual([
      "Error: second is stuck",
      "Error: first is stuck",
    ]);
    expect(fs.existsSync(folder)).toBe(false);
    expect(warned.seen).toEqual([]);
  });

  it("counts what it holds, and is released with everything of the process", async () => {
    const manager = new ResourceManager();
    const released: string[] = [];
    manager.register("port", (port) => released.push(port));
    expect(manager.metrics).toMatchObject({ held: 1, acquired: 1, released: 0 });
    await cleanupAllGlobalResources();
    expect(released).toEqual(["port"]);
    expect(manager.metrics).toMatchObject({ held: 0, acquired: 1, released: 1 });
  });

  it("removes temporary files and folders of its helpers, whatever the body did", async () => {
    const places: string[] = [];
    await withTempFile((file) => void places.push(file));
    await rejection(
      withTempDir((folder) => {
        fs.writeFileSync(path.join(folder, "inside"), "x");
        places.push(folder);
        throw new Error("the work failed");
      }),
    );
    expect(places.map((place) => fs.existsSync(place))).toEqual([false, false]);
  });
});
