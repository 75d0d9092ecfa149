import * as fs from "node:fs";
import * as path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { ResourceContext } from "../../src/index.js";
import {
  AtomicFileWriter,
  atomicFileWrite,
  lockedFile,
  LockTimeoutError,
  PathOutsideRootError,
  resolveInside,
  withLockedFile,
} from "../../src/files/index.js";
import { descriptors, makeFolder, rejection, removeFolders } from "./support.js";

afterEach(removeFolders);

function fileWith(content: string): string {
  const file = path.join(makeFolder(), "settings.json");
  fs.writeFileSync(file, content);
  return file;
}

describe("FileLifecycleIntegration", () => {
  it("commits an atomic write when the body succeeds", async () => {
    const file = fileWith("old");
    await atomicFileWrite(file, {}, async (writer) => {
      await writer.write("new ");
      expect(fs.readFileSync(file, "utf8")).toBe("old");
      await writer.write("content");
    });
    expect(fs.readFileSync(file, "utf8")).toBe("new content");
    expect(fs.readdirSync(path.dirname(file))).toEqual(["settings.json"]);
  });

  it("rolls an atomic write back when the body fails, and leaves no temporary file", async () => {
    const file = fileWith("old");
    const failure = new Error("half way");
    const write = atomicFileWrite(file, {}, async (writer) => {
      await writer.write("half of the n");
      throw failure;
    });
    expect(await rejection(write)).toBe(failure);
    expect(fs.readFileSync(file, "utf8")).toBe("old");
    expect(fs.readdirSync(path.dirname(file))).toEqual(["settings.json"]);
  });

  it("rolls an atomic write back when the context that holds the writer ends", async () => {
    const file = fileWith("old");
    await ResourceContext.run(async (ctx) => {
      const writer = ctx.use(new AtomicFileWriter(file));
      await writer.initialize();
      await writer.write("never committed");
    });
    expect(fs.readFileSync(file, "utf8")).toBe("old");
    expect(fs.readdirSync(path.dirname(file))).toEqual(["settings.json"]);
  });

  it("keeps a backup on request, under a name that nobody uses", async () => {
    const file = fileWith("old");
    fs.writeFileSync(`${file}.bak`, "the user's own");
    const writer = new AtomicFileWriter(file, { backup: true });
    await writer.initialize();
    await writer.write("new");
    const { backup } = await writer.commit();
    expect(fs.readFileSync(backup ?? "", "utf8")).toBe("old");
    expect(fs.readFileSync(`${file}.bak`, "utf8")).toBe("the user's own");
  });

  it("protects a file against concurrent access: no update is lost", async () => {
    const file = fileWith("0");
    const add = (): Promise<string> =>
      withLockedFile(file, {}, (locked) =>
        locked.update(async (text) => {
          await new Promise((resolve) => setImmediate(resolve));
          return String(Number(text) + 1);
        }),
      );
    await Promise.all(Array.from({ length: 40 }, add));
    expect(fs.readFileSync(file, "utf8")).toBe("40");
  });

  it("an attempt to lock that times out leaks no descriptor", async () => {
    const file = fileWith("");
    await using held = await lockedFile(file);
    await rejection(lockedFile(file, { timeout: 0 }));
    const before = descriptors();
    for (let turn = 0; turn < 20; turn += 1)
      expect(await rejection(lockedFile(file, { timeout: 0 }))).toBeInstanceOf(LockTimeoutError);
    expect(descriptors()).toBeLessThanOrEqual(before);
    expect(held.isHeld).toBe(true);
  });

  it("refuses paths that lead out of their root", async () => {
    const root = makeFolder();
    fs.symlinkSync("/etc", path.join(root, "link"));
    for (const outside of ["../x", "link/passwd", "/etc/passwd"])
      expect(await rejection(resolveInside(root, outside)), outside).toBeInstanceOf(PathOutsideRootError);
    expect(await resolveInside(root, "a/../b")).toBe(path.join(fs.realpathSync(root), "b"));
  });
});
