import * as fs from "node:fs";
import * as path from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import {
  lockedFile,
  LockedFileResource,
  type LockTimeoutError,
  withLockedFile,
} from "../../src/files/index.js";
import { ResourceContext } from "../../src/index.js";
import { ensureBuilt, sleep, until } from "../helpers.js";
import { cannotUnshare, isLong, makePlace, node, openFiles, program, run, says } from "./support.js";

beforeAll(ensureBuilt, 120_000);

const makeFile = (content = ""): string => {
  const file = path.join(makePlace(), "data.txt");
  fs.writeFileSync(file, content);
  return file;
};
const caught = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

describe("a lock", () => {
  test("is held from initialize() to close(), and leaves nothing behind", async () => {
    const file = makeFile("old");
    const lock = new LockedFileResource(file);
    expect(lock).toMatchObject({ isHeld: false, state: "new", path: file });
    expect(await lock.initialize()).toBe(file);
    expect(lock).toMatchObject({ isHeld: true, state: "open", value: file });
    expect(fs.readdirSync(path.dirname(file)).sort()).toEqual([".~data.txt.lock", "data.txt"]);
    await lock.close();
    expect(lock).toMatchObject({ isHeld: false, state: "closed" });
    expect(fs.readdirSync(path.dirname(file))).toEqual(["data.txt"]);
  });

  test("L1 keeps out another process, whatever path that one takes", async () => {
    const file = makeFile();
    const link = path.join(path.dirname(file), "link");
    fs.symlinkSync("data.txt", link);
    const lock = await lockedFile(pathToFileURL(file));
    expect((await node("try.mjs", link, "300").ended).output).toBe(`ERR_LOCK_TIMEOUT ${process.pid}\n`);
    await lock.close();
    expect((await node("try.mjs", link, "10000").ended).output).toBe("locked\n");
  });

  test("refuses a path that leads out of its root, before anything is made", async () => {
    const place = makePlace();
    const root = path.join(place, "root");
    fs.mkdirSync(root);
    fs.symlinkSync("../outside", path.join(root, "link"));
    for (const target of ["../outside", path.join(place, "outside"), "link"])
      expect(await caught(lockedFile(target, { root }))).toMatchObject({ code: "ERR_PATH_OUTSIDE_ROOT" });
    await withLockedFile("inside", { root: pathToFileURL(root) }, (file) => file.write("in"));
    expect([fs.readdirSync(place), fs.readdirSync(root)]).toEqual([["root"], ["inside", "link"]]);
  });

  test("may be asked for before there is a file, also through a link that dangles", async () => {
    const place = makePlace();
    fs.symlinkSync("later", path.join(place, "link"));
    const lock = await lockedFile(path.join(place, "link"));
    await expect(lockedFile(path.join(place, "later"), { timeout: 0 })).rejects.toMatchObject({
      code: "ERR_LOCK_TIMEOUT",
    });
    await lock.update((text) => `${text ?? "new"}!`);
    await lock.close();
    expect(fs.readFileSync(path.join(place, "later"), "utf8")).toBe("new!");
  });

  test("has a file of its own with the longest name, and in the deepest folder", async () => {
    const deep = path.join(makePlace(), ...Array.from({ length: 20 }, () => "a-folder-in-a-folder"));
    fs.mkdirSync(deep, { recursive: true });
    const file = path.join(deep, "n".repeat(255));
    const lock = await lockedFile(file);
    expect((await node("try.mjs", file, "200").ended).output).toBe(`ERR_LOCK_TIMEOUT ${process.pid}\n`);
    await lock.close();
    expect(fs.readdirSync(deep)).toEqual([]);
  });

  test("stays through an atomic write, which gives the file a new inode", async () => {
    const file = makeFile("old");
    const lock = await lockedFile(file);
    await lock.write("new");
    expect((await lock.read()).toString()).toBe("new");
    expect((await node("try.mjs", file, "200").ended).output).toContain("ERR_LOCK_TIMEOUT");
    await lock.close();
  });

  test("is released by a context, by a failing body, and by dispose()", async () => {
    const file = makeFile();
    await ResourceContext.run(async (ctx) => void (await ctx.use(new LockedFileResource(file)).initialize()));
    const failure = withLockedFile(file, {}, () => Promise.reject(new Error("no luck")));
    await expect(failure).rejects.toThrow("no luck");
    const lock = await lockedFile(file, { timeout: 0 });
    lock[Symbol.dispose]();
    await (await lockedFile(file, { timeout: 0 })).close();
    expect(fs.readdirSync(path.dirname(file))).toEqual(["data.txt"]);
  });

  test("does not keep a process alive, and goes without litter when one ends by itself", async () => {
    const file = makeFile();
    const source = `import { lockedFile } from ${JSON.stringify(program("../../../dist/esm/files/index.js"))};
      await lockedFile(${JSON.stringify(file)}); console.log("held");`;
    const { code, output } = await run(process.execPath, "--input-type=module", "-e", source).ended;
    expect({ code, output }).toEqual({ code: 0, output: "held\n" });
    expect(fs.readdirSync(path.dirname(file))).toEqual(["data.txt"]);
  });

  test("queues within one process, and no update is lost", async () => {
    const file = makeFile("0");
    const add = (): Promise<string> =>
      withLockedFile(file, {}, (lock) => lock.update(async (text) => String(Number(text) + 1)));
    await Promise.all(Array.from({ length: 30 }, add));
    expect(fs.readFileSync(file, "utf8")).toBe("30");
  });
});

describe("the holder", () => {
  test("L2 dies by kill -9: the next one has the lock within 100 ms", async () => {
    const file = makeFile();
    const times: number[] = [];
    for (let turn = 0; turn < 7; turn++) {
      const holder = node("hold.mjs", file);
      await says(holder, "held");
      const waiting = lockedFile(file);
      await sleep(50);
      const start = performance.now();
      holder.child.kill("SIGKILL");
      const lock = await waiting;
      times.push(performance.now() - start);
      await lock.close();
    }
    console.log(`kill -9 to the next holder: ${times.map((ms) => ms.toFixed(0)).join(", ")} ms`);
    // On a machine that is busy with other things one turn may take longer; a stale lock would take all of them ten seconds.
    expect(Math.min(...times)).toBeLessThan(100);
    expect(Math.max(...times)).toBeLessThan(5_000);
    expect(fs.readdirSync(path.dirname(file))).toEqual(["data.txt"]);
  });

  test("L3 L6 is stopped: it keeps the lock, and the error names it", async () => {
    const file = makeFile();
    const holder = node("hold.mjs", file);
    await says(holder, "held");
    holder.child.kill("SIGSTOP");
    const error = await caught(lockedFile(file, { timeout: 3_000 }));
    expect(error).toMatchObject({ code: "ERR_LOCK_TIMEOUT", pid: holder.child.pid, path: file });
    expect(String(error)).toContain(
      `${file}" could not be locked within 3000 ms: process ${holder.child.pid}`,
    );
    holder.child.kill("SIGCONT");
    holder.child.kill("SIGTERM");
    await (await lockedFile(file)).close();
  });

  test("L3 L6 has a blocked event loop: it keeps the lock, and the error names it", async () => {
    const file = makeFile();
    const holder = node("hold.mjs", file, "busy");
    await says(holder, "held");
    const error = await caught(lockedFile(file, { timeout: 1_000 }));
    expect(error).toMatchObject({ code: "ERR_LOCK_TIMEOUT", pid: holder.child.pid });
    holder.child.kill("SIGKILL");
    await holder.ended;
  });

  test("L4 keeps the lock, however wrong the clock of another process is", async () => {
    const file = makeFile();
    const lock = await lockedFile(file);
    for (const hours of ["1", "-1", "100000"])
      expect((await node("try.mjs", file, "200", hours).ended).output).toContain("ERR_LOCK_TIMEOUT");
    await lock.close();
  });

  test("L4 keeps the lock when the whole system lies about the time", async (context) => {
    if (!fs.existsSync("/usr/bin/faketime")) return context.skip("faketime is not installed");
    const file = makeFile();
    const lock = await lockedFile(file);
    const { output } = await run("faketime", "-f", "+2h", process.execPath, program("try.mjs"), file, "300")
      .ended;
    expect(output).toContain(`ERR_LOCK_TIMEOUT ${process.pid}`);
    await lock.close();
  });
});

describe("L5 no update is lost", () => {
  const contenders = isLong ? 100 : 8;
  const times = isLong ? 100 : 20;

  test(`${contenders} processes, ${times} times each`, async () => {
    const file = makeFile("0");
    const runs = Array.from({ length: contenders }, () => node("count.mjs", file, String(times)).ended);
    for (const { code, output } of await Promise.all(runs))
      expect({ code, output }).toEqual({ code: 0, output: "" });
    expect(fs.readFileSync(file, "utf8")).toBe(String(contenders * times));
    expect(fs.readdirSync(path.dirname(file))).toEqual(["data.txt"]);
  }, 1_800_000);

  test("while holders die with the lock in their hands", async () => {
    const file = makeFile("0");
    const deaths = isLong ? 100 : 10;
    const counting = Array.from({ length: 4 }, () => node("count.mjs", file, String(times)).ended);
    const dying = Array.from({ length: deaths }, () => node("hold.mjs", file, "work").ended);
    for (const { signal } of await Promise.all(dying)) expect(signal).toBe("SIGKILL");
    for (const { code } of await Promise.all(counting)) expect(code).toBe(0);
    expect(fs.readFileSync(file, "utf8")).toBe(String(4 * times + deaths));
    await (await lockedFile(file)).close();
    expect(fs.readdirSync(path.dirname(file))).toEqual(["data.txt"]);
  }, 1_800_000);
});

describe("L7 an attempt that is given up", () => {
  test("leaves no descriptor and no file, whether it timed out, was aborted or closed", async () => {
    const file = makeFile();
    const lock = await lockedFile(file);
    const before = openFiles();
    for (let turn = 0; turn < 10; turn++)
      expect(await caught(lockedFile(file, { timeout: 5 }))).toMatchObject({ code: "ERR_LOCK_TIMEOUT" });
    const controller = new AbortController();
    const aborted = caught(lockedFile(file, { signal: controller.signal }));
    const closed = new LockedFileResource(file);
    const opening = caught(closed.initialize());
    await sleep(20);
    controller.abort();
    await closed.close();
    expect([await aborted, await opening]).toMatchObject([{ code: "ABORT_ERR" }, { code: "ABORT_ERR" }]);
    expect(await until(() => openFiles() === before)).toBe(true);
    await lock.close();
    expect(fs.readdirSync(path.dirname(file))).toEqual(["data.txt"]);
  });

  test("with a signal that is aborted already does nothing", async () => {
    const file = makeFile();
    await expect(lockedFile(file, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: "ABORT_ERR",
    });
    expect(fs.readdirSync(path.dirname(file))).toEqual(["data.txt"]);
  });

  test("is not made at all in a folder that is not there", async () => {
    await expect(lockedFile(path.join(makePlace(), "none", "x"))).rejects.toMatchObject({ code: "ENOENT" });
  });
});

describe("L8 the same owner", () => {
  test("cannot lock again inside of withLockedFile, unless it says so", async () => {
    const file = makeFile();
    await withLockedFile(file, {}, async () => {
      await expect(lockedFile(file)).rejects.toMatchObject({ code: "ERR_LOCK_ALREADY_HELD", path: file });
      await withLockedFile(file, { reentrant: true }, (inner) => inner.write("inner"));
      // The lock outlives the one that joined in.
      await expect(node("try.mjs", file, "200").ended).resolves.toMatchObject({
        output: `ERR_LOCK_TIMEOUT ${process.pid}\n`,
      });
    });
    await (await lockedFile(file, { timeout: 0 })).close();
  });

  test("may have other locks inside, several at a time", async () => {
    const [outer, other] = [makeFile(), makeFile("0")];
    const add = (): Promise<string> =>
      withLockedFile(other, {}, (lock) => lock.update((text) => String(Number(text) + 1)));
    await withLockedFile(outer, {}, () => Promise.all([add(), add(), add()]));
    expect(fs.readFileSync(other, "utf8")).toBe("3");
  });

  test("may be a context: the second lock is an error, and with reentrant a share", async () => {
    const file = makeFile();
    await using owner = new ResourceContext();
    const first = await lockedFile(file, { owner });
    await expect(lockedFile(file, { owner })).rejects.toMatchObject({ code: "ERR_LOCK_ALREADY_HELD" });
    const second = await lockedFile(file, { owner, reentrant: true });
    await first.close();
    await expect(lockedFile(file, { timeout: 0 })).rejects.toMatchObject({ code: "ERR_LOCK_TIMEOUT" });
    await second.close();
    await (await lockedFile(file, { owner, timeout: 0 })).close();
  });

  test("that asks while it is waiting gets the error, or shares in what comes", async () => {
    const file = makeFile();
    const owner = {};
    const other = await lockedFile(file);
    const first = lockedFile(file, { owner });
    await sleep(20);
    await expect(lockedFile(file, { owner })).rejects.toMatchObject({ code: "ERR_LOCK_ALREADY_HELD" });
    const second = lockedFile(file, { owner, reentrant: true });
    await other.close();
    for (const lock of await Promise.all([first, second])) await lock.close();
    expect(fs.readdirSync(path.dirname(file))).toEqual(["data.txt"]);
  });
});

describe("L9 a lock whose file was taken away", () => {
  test("aborts its signal, throws nothing, and writes no more", async () => {
    const file = makeFile("old");
    const lock = await lockedFile(file);
    const { signal } = lock;
    fs.unlinkSync(path.join(path.dirname(file), ".~data.txt.lock"));
    expect(await until(() => signal.aborted)).toBe(true);
    expect(signal.reason).toMatchObject({ code: "ERR_LOCK_COMPROMISED", path: file });
    expect(lock.isHeld).toBe(false);
    await expect(lock.write("new")).rejects.toMatchObject({ code: "ERR_LOCK_COMPROMISED" });
    const next = await lockedFile(file, { timeout: 0 });
    await lock.close();
    // It took nothing from the one that came after it.
    expect(next.isHeld).toBe(true);
    expect(fs.readdirSync(path.dirname(file)).sort()).toEqual([".~data.txt.lock", "data.txt"]);
    await next.close();
  });
});

describe("another container", () => {
  const isolated = ["--net", "--pid", "--fork", "--mount-proc", "--uts"];

  test("that shares the folder and nothing else is kept out, and is woken when the lock is free", async (context) => {
    const reason = cannotUnshare();
    if (reason !== undefined) return context.skip(reason);
    const file = makeFile();
    const lock = await lockedFile(file);
    const inside = (ms: string) =>
      run("unshare", ...isolated, process.execPath, program("try.mjs"), file, ms);
    expect((await inside("300").ended).output).toBe(`ERR_LOCK_TIMEOUT ${process.pid}\n`);
    const waiting = inside("30000");
    await sleep(500);
    await lock.close();
    expect((await waiting.ended).output).toBe("locked\n");
  });

  test("that is killed with the lock leaves it to us", async (context) => {
    const reason = cannotUnshare();
    if (reason !== undefined) return context.skip(reason);
    const file = makeFile();
    const holder = run("unshare", ...isolated, "--kill-child", process.execPath, program("hold.mjs"), file);
    await says(holder, "held");
    const error = await caught(lockedFile(file, { timeout: 100 }));
    expect(error).toMatchObject({ code: "ERR_LOCK_TIMEOUT" } satisfies Partial<LockTimeoutError>);
    holder.child.kill("SIGKILL");
    await (await lockedFile(file, { timeout: 20_000 })).close();
    expect(fs.readdirSync(path.dirname(file))).toEqual(["data.txt"]);
  });
});

describe("what is not a valid call", () => {
  const invalid: readonly (readonly [string, () => unknown, string])[] = [
    ["no path", () => Reflect.construct(LockedFileResource, []), "ERR_INVALID_ARGUMENT"],
    ["an empty path", () => new LockedFileResource(""), "ERR_INVALID_ARGUMENT"],
    ["a path with NUL", () => new LockedFileResource("a\0b"), "ERR_INVALID_ARGUMENT"],
    [
      "a URL of the web",
      () => new LockedFileResource(new URL("https://example.com")),
      "ERR_INVALID_ARGUMENT",
    ],
    ["a negative time", () => new LockedFileResource("a", { timeout: -1 }), "ERR_INVALID_ARGUMENT"],
    ["no time", () => new LockedFileResource("a", { timeout: Number.NaN }), "ERR_INVALID_ARGUMENT"],
    [
      "a signal that is none",
      () => Reflect.construct(LockedFileResource, ["a", { signal: {} }]),
      "ERR_INVALID_ARGUMENT",
    ],
    [
      "an owner that is none",
      () => Reflect.construct(LockedFileResource, ["a", { owner: "me" }]),
      "ERR_INVALID_ARGUMENT",
    ],
    [
      "neither yes nor no",
      () => Reflect.construct(LockedFileResource, ["a", { reentrant: 1 }]),
      "ERR_INVALID_ARGUMENT",
    ],
    [
      "an unknown option",
      () => Reflect.construct(LockedFileResource, ["a", { timeuot: 1 }]),
      "ERR_UNKNOWN_OPTION",
    ],
  ];

  test.each(invalid)("%s", (_, call, code) => {
    expect(call).toThrow(expect.objectContaining({ code }));
  });

  test("no body, or no function that changes the text", async () => {
    const file = makeFile();
    await expect(Reflect.apply(withLockedFile, undefined, [file, {}])).rejects.toMatchObject({
      code: "ERR_INVALID_ARGUMENT",
    });
    await using lock = await lockedFile(file);
    await expect(Reflect.apply(lock.update, lock, ["text"])).rejects.toMatchObject({
      code: "ERR_INVALID_ARGUMENT",
    });
  });

  test("use before it is locked and after it is closed", async () => {
    const lock = new LockedFileResource(makeFile());
    await expect(lock.read()).rejects.toMatchObject({ code: "ERR_RESOURCE_STATE", state: "new" });
    await lock.initialize();
    await lock.close();
    await expect(lock.write("late")).rejects.toMatchObject({ code: "ERR_RESOURCE_STATE", state: "closed" });
    await expect(lock.initialize()).rejects.toMatchObject({ code: "ERR_RESOURCE_STATE" });
  });
});
