import * as fs from "node:fs";
import * as path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { atomicWriteFile, ResourceContext, ResourceManager } from "../../src/index.js";
import { withLockedFile } from "../../src/files/index.js";
import { descriptors, makeFolder, removeFolders } from "./support.js";

afterEach(removeFolders);

describe("ResourceManagementPerformance", () => {
  it("10,000 resources are released, each once, in far less time than one slow release takes", async () => {
    const ctx = new ResourceContext();
    const released = new Set<number>();
    for (let count = 0; count < 10_000; count += 1) ctx.adopt(count, (number) => released.add(number));
    const begin = performance.now();
    await ctx.disposeAsync({ throwErrors: true });
    expect(performance.now() - begin).toBeLessThan(2_000);
    expect(released.size).toBe(10_000);
  });

  it("a parallel group of 500 slow releases takes the time of a few", async () => {
    const ctx = new ResourceContext();
    const group = ctx.parallel();
    for (let count = 0; count < 500; count += 1)
      group.defer(() => new Promise((resolve) => setTimeout(resolve, 50)));
    const begin = performance.now();
    await ctx.disposeAsync({ throwErrors: true });
    // One after the other they take 25 s.
    expect(performance.now() - begin).toBeLessThan(12_000);
  });

  it("1,000 contexts at a time, with files, leave no descriptor behind", async () => {
    const folder = makeFolder();
    const before = descriptors();
    const work = (number: number): Promise<void> =>
      ResourceContext.run(async (ctx) => {
        const handle = ctx.file(await fs.promises.open(path.join(folder, `${number % 50}`), "a"));
        await handle.write(".");
      });
    for (let round = 0; round < 10; round += 1)
      await Promise.all(Array.from({ length: 100 }, (_, number) => work(number)));
    expect(descriptors()).toBeLessThanOrEqual(before + 1);
  });

  it("a limit holds under load: never more than it says, and everybody gets their turn", async () => {
    const manager = new ResourceManager({ limits: { connection: { max: 5, whenFull: "wait" } } });
    let [open, most, served] = [0, 0, 0];
    const use = async (): Promise<void> => {
      const connection = await manager.acquire(
        "connection",
        () => ({ number: (open += 1) }),
        () => (open -= 1),
      );
      most = Math.max(most, open);
      await new Promise((resolve) => setTimeout(resolve, 1));
      served += 1;
      manager.unregister(connection);
      open -= 1;
    };
    await Promise.all(Array.from({ length: 200 }, use));
    await manager.disposeAsync();
    expect({ most, served, open }).toEqual({ most: 5, served: 200, open: 0 });
  });

  it("100 writers of one file leave one whole payload, and 30 lock holders lose nothing", async () => {
    const file = path.join(makeFolder(), "data");
    await Promise.all(
      Array.from({ length: 100 }, (_, number) => atomicWriteFile(file, String(number % 10).repeat(50_000))),
    );
    const content = fs.readFileSync(file, "utf8");
    expect(content).toBe(content.slice(0, 1).repeat(50_000));
    const count = path.join(makeFolder(), "count");
    fs.writeFileSync(count, "0");
    const add = () =>
      withLockedFile(count, {}, (locked) => locked.update((text) => String(Number(text) + 1)));
    await Promise.all(Array.from({ length: 30 }, add));
    expect(fs.readFileSync(count, "utf8")).toBe("30");
  });
});
