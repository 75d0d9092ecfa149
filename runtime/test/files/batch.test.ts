import * as cp from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { BatchFileOperations, withBatchFileOperations } from "../../src/files/index.js";
import { ensureBuilt } from "../helpers.js";
import { isLong, makePlace, node, program, run } from "./support.js";

beforeAll(ensureBuilt, 120_000);

/** All that is in a folder: paths and contents. */
function contents(root: string, folder = ""): Readonly<Record<string, string>> {
  const all: Record<string, string> = {};
  for (const entry of fs.readdirSync(path.join(root, folder), { withFileTypes: true })) {
    const name = path.join(folder, entry.name);
    if (entry.isDirectory()) Object.assign(all, { [`${name}/`]: "" }, contents(root, name));
    else all[name] = entry.isFile() ? fs.readFileSync(path.join(root, name), "utf8") : "no file";
  }
  return all;
}

/** What the program `batch.mjs` finds, and what it makes of it. */
const before = {
  config: "old",
  data: "d",
  over: "o",
  target: "t",
  old: "gone",
  "tree/": "",
  "tree/leaf": "l",
};
const after = {
  config: "new",
  copied: "new",
  "config-data": "d",
  "folder/": "",
  "folder/moved": "new",
  target: "o",
  tree: "file now",
};

function makeRoot(files: Readonly<Record<string, string>> = before): string {
  const root = makePlace();
  for (const [name, content] of Object.entries(files)) {
    if (name.endsWith("/")) fs.mkdirSync(path.join(root, name));
    else fs.writeFileSync(path.join(root, name), content);
  }
  return root;
}

describe("a batch", () => {
  test("makes all changes in their order, and lists them", async () => {
    const root = makeRoot();
    const batch = new BatchFileOperations(root);
    batch
      .write("config", "new")
      .move("config", "moved")
      .copy("moved", "copied")
      .mkdir("folder")
      .delete("tree");
    expect(contents(root)).toEqual(before);
    expect(await batch.commit()).toEqual([
      { operation: "write", path: "config", status: "done" },
      { operation: "move", path: "config", status: "done" },
      { operation: "copy", path: "moved", status: "done" },
      { operation: "mkdir", path: "folder", status: "done" },
      { operation: "delete", path: "tree", status: "done" },
    ]);
    const left = { data: "d", over: "o", target: "t", old: "gone" };
    expect(contents(root)).toEqual({ ...left, moved: "new", copied: "new", "folder/": "" });
    expect(batch.state).toBe("closed");
  });

  test("does the same in another process", async () => {
    const root = makeRoot();
    expect(await node("batch.mjs", root).ended).toMatchObject({ code: 0, output: "" });
    expect(contents(root)).toEqual(after);
  });

  test("keeps the mode of what it replaces, and gives a new file the one that is asked for", async () => {
    const root = makeRoot();
    fs.chmodSync(path.join(root, "config"), 0o640);
    await withBatchFileOperations(root, {}, (batch) =>
      batch.write("config", "new").write("key", "k", { mode: 0o600 }),
    );
    const modes = ["config", "key"].map((name) => fs.statSync(path.join(root, name)).mode & 0o777);
    expect(modes).toEqual([0o640, 0o600]);
  });

  test("knows the bytes as they were when they were given", async () => {
    const root = makeRoot();
    const bytes = Buffer.from("first");
    const batch = new BatchFileOperations(root).write("config", bytes);
    bytes.fill("x");
    await batch.commit();
    expect(contents(root)["config"]).toBe("first");
  });

  test("changes nothing when the body fails or rolls back, or when it is closed", async () => {
    const root = makeRoot();
    const failure = withBatchFileOperations(root, {}, (batch) => {
      batch.delete("config");
      throw new Error("no luck");
    });
    await expect(failure).rejects.toThrow("no luck");
    expect(await withBatchFileOperations(root, {}, (batch) => batch.delete("config").rollback())).toEqual([]);
    await new BatchFileOperations(root).delete("config").close();
    expect(contents(root)).toEqual(before);
  });

  test("writes through a link, but moves and deletes the link itself", async () => {
    const root = makeRoot();
    fs.symlinkSync("config", path.join(root, "link"));
    await withBatchFileOperations(root, {}, (batch) => batch.write("link", "through").delete("link"));
    expect(contents(root)).toEqual({ ...before, config: "through" });
  });

  test("of one root waits for another", async () => {
    const root = makeRoot({ count: "" });
    const add = (): Promise<unknown> =>
      withBatchFileOperations(root, {}, (batch) => batch.mkdir(`made-${Math.random()}`).write("count", "x"));
    await Promise.all(Array.from({ length: 10 }, add));
    expect(Object.keys(contents(root))).toHaveLength(11);
  });
});

describe("an operation that fails", () => {
  test.each([
    [
      "a write into a folder that is not there",
      (batch: BatchFileOperations) => batch.write("no/file", "x"),
      "ENOENT",
    ],
    ["a write over a folder", (batch: BatchFileOperations) => batch.write("tree", "x"), "EISDIR"],
    ["a folder that is there", (batch: BatchFileOperations) => batch.mkdir("config"), "EEXIST"],
    ["a folder in none", (batch: BatchFileOperations) => batch.mkdir("no/folder"), "ENOENT"],
    ["a move of nothing", (batch: BatchFileOperations) => batch.move("nothing", "x"), "ENOENT"],
    ["a move over a folder", (batch: BatchFileOperations) => batch.move("config", "tree"), "EISDIR"],
    ["a move into none", (batch: BatchFileOperations) => batch.move("config", "no/file"), "ENOENT"],
    ["a copy of nothing", (batch: BatchFileOperations) => batch.copy("nothing", "x"), "ENOENT"],
    [
      "a copy of what the batch has deleted",
      (batch: BatchFileOperations) => batch.copy("old", "x"),
      "ENOENT",
    ],
    ["a removal of nothing", (batch: BatchFileOperations) => batch.delete("nothing"), "ENOENT"],
    ["a removal of the root", (batch: BatchFileOperations) => batch.delete("."), "EBUSY"],
    ["a path outside", (batch: BatchFileOperations) => batch.write("../x", "x"), "ERR_PATH_OUTSIDE_ROOT"],
  ])("takes back all before it: %s", async (_, fail, code) => {
    const root = makeRoot();
    const batch = new BatchFileOperations(root);
    batch.write("config", "new").write("added", "new").move("data", "moved").mkdir("made").delete("old");
    fail(batch);
    batch.write("never", "x");
    const error: unknown = await batch.commit().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "ERR_BATCH_FAILED", cause: { code }, failures: [] });
    expect(error).toMatchObject({
      results: expect.arrayContaining([expect.objectContaining({ status: "failed" })]),
    });
    expect(contents(root)).toEqual(before);
  });

  test("is told with what became of each, and without the content", async () => {
    const root = makeRoot();
    const batch = new BatchFileOperations(root).write("config", "swordfish").delete("nothing").delete("old");
    await expect(batch.commit()).rejects.toMatchObject({
      message: expect.not.stringContaining("swordfish"),
      results: [
        { operation: "write", path: "config", status: "undone" },
        { operation: "delete", path: "nothing", status: "failed" },
        { operation: "delete", path: "old", status: "not begun" },
      ],
    });
  });

  test("leaves a folder that somebody else has begun to use", async () => {
    const root = makeRoot();
    const batch = new BatchFileOperations(root).mkdir("made").write("made/file", "x").delete("nothing");
    await expect(batch.commit()).rejects.toMatchObject({ code: "ERR_BATCH_FAILED" });
    expect(contents(root)).toEqual(before);
  });
});

describe("kill -9 in the middle", () => {
  /** The calls that change the disk; the batch below makes each of them several times. */
  const calls = ["rename", "link", "unlink", "mkdir", "rmdir", "ftruncate", "fsync"];

  /** Runs the batch and kills it at the entry of the nth call of one sort. */
  async function killAt(root: string, call: string, nth: number): Promise<boolean> {
    const trace = [
      "-f",
      "-o",
      "/dev/null",
      "-e",
      `trace=${call}`,
      "-e",
      `inject=${call}:signal=SIGKILL:when=${nth}`,
    ];
    // Calls are counted by thread, so there must be only one that makes them.
    const command = [
      "UV_THREADPOOL_SIZE=1",
      "strace",
      ...trace,
      process.execPath,
      program("batch.mjs"),
      root,
    ];
    return (await run("env", ...command).ended).signal === "SIGKILL";
  }

  /** Opens the next batch and says what it finds; anything but all or nothing is an error. */
  async function recovered(root: string, kill: string): Promise<"before" | "after"> {
    await new BatchFileOperations(root).initialize();
    const found = contents(root);
    const isAfter = found["copied"] !== undefined;
    expect({ kill, found }).toEqual({ kill, found: isAfter ? after : before });
    return isAfter ? "after" : "before";
  }

  test("at every call that changes the disk: the next batch finds all or nothing, and no litter", async (context) => {
    if (cp.spawnSync("strace", ["-V"]).status !== 0) return context.skip("strace is not installed");
    const outcomes = { before: 0, after: 0 };
    const stride = isLong ? 1 : 5;
    for (const call of calls)
      for (let nth = 1, isKilled = true; isKilled; nth += stride) {
        const root = makeRoot();
        isKilled = await killAt(root, call, nth);
        const outcome = await recovered(root, `${call} ${nth}`);
        if (isKilled) outcomes[outcome]++;
        else expect(outcome).toBe("after");
      }
    console.log(`killed ${outcomes.before} times before the batch was done, ${outcomes.after} times after`);
    expect(outcomes.before).toBeGreaterThan(isLong ? 30 : 6);
  }, 1_800_000);

  test("of the recovery itself: the next one finishes it", async (context) => {
    if (cp.spawnSync("strace", ["-V"]).status !== 0) return context.skip("strace is not installed");
    // The process that recovers goes on to run the same batch, so it is killed among its first calls.
    for (const call of ["rename", "link", "unlink", "ftruncate", "rmdir"])
      for (let nth = 1; nth <= (isLong ? 8 : 3); nth += isLong ? 1 : 2) {
        const root = makeRoot();
        // Late enough that there is much to take back.
        expect(await killAt(root, "rename", 8)).toBe(true);
        await killAt(root, call, nth);
        await recovered(root, `${call} ${nth} of the recovery`);
      }
  }, 1_800_000);
});

describe("what is not a valid call", () => {
  const inRoot = (): BatchFileOperations => new BatchFileOperations(makePlace());
  test.each([
    ["no root", () => Reflect.construct(BatchFileOperations, []), "ERR_INVALID_ARGUMENT"],
    [
      "an unknown option",
      () => Reflect.construct(BatchFileOperations, ["a", { tiemout: 1 }]),
      "ERR_UNKNOWN_OPTION",
    ],
    ["a negative time", () => new BatchFileOperations("a", { timeout: -1 }), "ERR_INVALID_ARGUMENT"],
    ["a path with NUL", () => inRoot().delete("a\0"), "ERR_INVALID_ARGUMENT"],
    ["no path", () => inRoot().mkdir(""), "ERR_INVALID_ARGUMENT"],
    [
      "no second path",
      () => Reflect.apply(BatchFileOperations.prototype.move, inRoot(), ["a"]),
      "ERR_INVALID_ARGUMENT",
    ],
    [
      "no data",
      () => Reflect.apply(BatchFileOperations.prototype.write, inRoot(), ["a", 42]),
      "ERR_INVALID_ARGUMENT",
    ],
    ["a mode that is none", () => inRoot().write("a", "b", { mode: 1e9 }), "ERR_INVALID_ARGUMENT"],
  ])("%s", (_, call, code) => {
    expect(call).toThrow(expect.objectContaining({ code }));
  });

  test("a root that is not there, no body, use after the end", async () => {
    await expect(new BatchFileOperations("/not/there").commit()).rejects.toMatchObject({ code: "ENOENT" });
    await expect(Reflect.apply(withBatchFileOperations, undefined, ["a", {}])).rejects.toMatchObject({
      code: "ERR_INVALID_ARGUMENT",
    });
    const batch = inRoot();
    await batch.close();
    expect(() => batch.write("a", "b")).toThrow(expect.objectContaining({ code: "ERR_RESOURCE_STATE" }));
    await expect(batch.commit()).rejects.toMatchObject({ code: "ERR_RESOURCE_STATE" });
  });
});
