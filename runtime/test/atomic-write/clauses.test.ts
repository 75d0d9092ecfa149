import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { atomicWriteFile, atomicWriteFileSync } from "../../src/atomic-write/index.js";
import { isRoot, program, report } from "./support/programs.js";
import { build } from "./support/build.js";
import { litter, makePlace } from "./support/places.js";

let built: ReturnType<typeof build>;
beforeAll(() => {
  built = build();
});
afterAll(() => built.remove());

const read = (file: string): string => fs.readFileSync(file, "utf8");

/** Each clause holds for both forms. */
const forms = {
  atomicWriteFile,
  atomicWriteFileSync: async (...call: Parameters<typeof atomicWriteFileSync>) =>
    atomicWriteFileSync(...call),
};

for (const [name, write] of Object.entries(forms)) {
  describe(name, () => {
    test("A1 writes all bytes, also more than one system call takes", async () => {
      const file = path.join(makePlace(), "large.bin");
      const bytes = Buffer.alloc(70 * 1024 * 1024, "0123456789");
      await write(file, bytes);
      expect(fs.readFileSync(file).equals(bytes)).toBe(true);
    });

    test("A2 replaces by rename: an open reader keeps the old content", async () => {
      const file = path.join(makePlace(), "server.log");
      await write(file, "old");
      const fd = fs.openSync(file, "r");
      await write(file, "new content");
      expect(fs.readFileSync(fd, "utf8")).toBe("old");
      expect(read(file)).toBe("new content");
      fs.closeSync(fd);
    });

    test("A2 a target with the longest name still has room for a temp", async () => {
      const file = path.join(makePlace(), "ü".repeat(127) + "x");
      await write(file, "old");
      const { ino } = fs.statSync(file);
      await write(file, "new");
      expect(fs.statSync(file).ino).not.toBe(ino);
    });

    test.each([0o600, 0o755, 0o640, 0o666, 0o444])("A3 keeps mode %o", async (mode) => {
      const file = path.join(makePlace(), "server.log");
      fs.writeFileSync(file, "old");
      fs.chmodSync(file, mode);
      await write(file, "new", { mode: 0o700 });
      expect((fs.statSync(file).mode & 0o7777).toString(8)).toBe(mode.toString(8));
    });

    test("A3 takes the mode of another file as stat gives it, and is atomic all the same", async () => {
      const file = path.join(makePlace(), "server.log");
      fs.writeFileSync(file, "old");
      const { mode, ino } = fs.statSync(file);
      await write(file, "new", { mode });
      expect(fs.statSync(file)).toMatchObject({ mode });
      expect(fs.statSync(file).ino).not.toBe(ino);
    });

    test.skipIf(!isRoot())("A3 keeps owner and group (needs root)", async () => {
      const file = path.join(makePlace(), "server.log");
      fs.writeFileSync(file, "old");
      fs.chownSync(file, 1234, 2345);
      fs.chmodSync(file, 0o4750);
      await write(file, "new");
      const { uid, gid, mode } = fs.statSync(file);
      expect({ uid, gid, mode: (mode & 0o7777).toString(8) }).toEqual({ uid: 1234, gid: 2345, mode: "4750" });
    });

    test("A4 follows links to where they lead, through directories too", async () => {
      const place = makePlace();
      fs.mkdirSync(path.join(place, "releases/7"), { recursive: true });
      fs.symlinkSync("releases/7", path.join(place, "current"));
      fs.symlinkSync("current/../7/app.json", path.join(place, "config"));
      fs.symlinkSync(path.join(place, "config"), path.join(place, "absolute"));
      await write(path.join(place, "absolute"), "first");
      expect(read(path.join(place, "releases/7/app.json"))).toBe("first");
      await write(path.join(place, "absolute"), "second");
      expect(read(path.join(place, "releases/7/app.json"))).toBe("second");
      expect(fs.readlinkSync(path.join(place, "config"))).toBe("current/../7/app.json");
      expect(litter(path.join(place, "releases/7"))).toEqual([]);
    });

    test("A6 a file with two names is written in place and keeps both", async () => {
      const place = makePlace();
      fs.writeFileSync(path.join(place, "one"), "old");
      fs.linkSync(path.join(place, "one"), path.join(place, "two"));
      await write(path.join(place, "one"), "new");
      expect(read(path.join(place, "two"))).toBe("new");
    });

    test.each(["none", "file", "full"] as const)("A9 durability %s", async (durability) => {
      const file = path.join(makePlace(), "server.log");
      await write(file, "new", { durability });
      expect(read(file)).toBe("new");
    });

    test("A9 an unknown durability is an error before anything happens", async () => {
      const place = makePlace();
      const options = JSON.parse('{ "durability": "forever" }');
      await expect(write(path.join(place, "server.log"), "new", options)).rejects.toMatchObject({
        code: "ERR_INVALID_ARG_VALUE",
      });
      expect(fs.readdirSync(place)).toEqual([]);
    });

    test("A11 the first write into a directory removes temps of dead processes, and nothing else", async () => {
      const place = makePlace();
      const { own, dead, reused } = await temps(makePlace());
      const names = { own, dead, reused, users: ".~backup", lookalike: ".~0123abcdnotours" };
      for (const name of Object.values(names)) fs.writeFileSync(path.join(place, name), "half");
      await write(path.join(place, "server.log"), "new");
      await expect
        .poll(() => fs.readdirSync(place).sort())
        .toEqual([names.own, names.users, names.lookalike, "server.log"].sort());
    });

    test("A11 a temp of another container stays for a day", async () => {
      const place = makePlace();
      const { dead } = await temps(makePlace());
      const [young, old] = ["0000000", "0000001"].map((realm) => dead.slice(0, 10) + realm + dead.slice(17));
      for (const name of [young, old]) fs.writeFileSync(path.join(place, name ?? ""), "half");
      const longAgo = Date.now() / 1000 - 25 * 60 * 60;
      fs.utimesSync(path.join(place, old ?? ""), longAgo, longAgo);
      await write(path.join(place, "server.log"), "new");
      await expect.poll(() => fs.readdirSync(place)).toEqual([young, "server.log"]);
    });

    test("A13 files that look like backups are the user's", async () => {
      const place = makePlace();
      for (const name of ["server.log.bak", "server.log.tmp", "server.log~"]) {
        fs.writeFileSync(path.join(place, name), "mine");
      }
      await write(path.join(place, "server.log"), "old");
      await write(path.join(place, "server.log"), "new");
      expect(fs.readdirSync(place)).toEqual([
        "server.log",
        "server.log.bak",
        "server.log.tmp",
        "server.log~",
      ]);
    });
  });
}

describe("A7 when the temp has been taken away before the rename", () => {
  test("bytes are written in place", async () => {
    const place = makePlace();
    const file = path.join(place, "server.log");
    fs.writeFileSync(file, "old");
    const write = atomicWriteFile(file, Buffer.alloc(64 * 1024 * 1024, "n"));
    for (const temp of await firstLitter(place)) fs.unlinkSync(path.join(place, temp));
    await write;
    expect(read(file)).toMatch(/^n+$/);
  });

  test("a source cannot be read again: an error about the file, which stays", async () => {
    const place = makePlace();
    const file = path.join(place, "server.log");
    fs.writeFileSync(file, "old");
    const write = atomicWriteFile(file, slowly("new"));
    for (const temp of await firstLitter(place)) fs.unlinkSync(path.join(place, temp));
    await expect(write).rejects.toMatchObject({ code: "ENOENT", path: file });
    expect(read(file)).toBe("old");
  });
});

describe("A10 abort", () => {
  test("half way: the old file stays, no temp does", async () => {
    const place = makePlace();
    const file = path.join(place, "server.log");
    fs.writeFileSync(file, "old");
    const controller = new AbortController();
    const write = atomicWriteFile(file, endless(), { signal: controller.signal });
    expect(await firstLitter(place)).toHaveLength(1);
    controller.abort(new Error("shutting down"));
    await expect(write).rejects.toMatchObject({
      name: "AbortError",
      code: "ABORT_ERR",
      cause: { message: "shutting down" },
    });
    expect(read(file)).toBe("old");
    expect(litter(place)).toEqual([]);
  });

  test("while a large Buffer is written", async () => {
    const place = makePlace();
    const file = path.join(place, "large.bin");
    const controller = new AbortController();
    const write = atomicWriteFile(file, Buffer.alloc(256 * 1024 * 1024), { signal: controller.signal });
    await expect.poll(() => litter(place), { interval: 1 }).toHaveLength(1);
    controller.abort();
    await expect(write).rejects.toMatchObject({ name: "AbortError" });
    expect(fs.readdirSync(place)).toEqual([]);
  });

  test("afterwards it changes nothing", async () => {
    const file = path.join(makePlace(), "server.log");
    const controller = new AbortController();
    await atomicWriteFile(file, "new", { signal: controller.signal });
    controller.abort();
    expect(read(file)).toBe("new");
  });

  test("a source that fails leaves the old file and no temp, and its own error", async () => {
    const place = makePlace();
    const file = path.join(place, "server.log");
    fs.writeFileSync(file, "old");
    await expect(atomicWriteFile(file, failing())).rejects.toThrow("upstream went away");
    expect(fs.readdirSync(place)).toEqual(["server.log"]);
    expect(read(file)).toBe("old");
  });

  test("a source that yields a wrong type fails as with fs", async () => {
    const place = makePlace();
    const wrong = JSON.parse("[1, 2]");
    const native = await fs.promises.writeFile(path.join(place, "fs"), wrong).catch((error) => error.code);
    await expect(atomicWriteFile(path.join(place, "server.log"), wrong)).rejects.toMatchObject({
      code: native,
    });
    expect(fs.readdirSync(place)).toEqual(["fs"]);
  });
});

describe("A12 order", () => {
  test("of 100 calls in a row the last one stays, whatever their sizes", async () => {
    const place = makePlace();
    const file = path.join(place, "server.log");
    const payloads = Array.from({ length: 100 }, (_, index) =>
      `${index},`.repeat(((index * 7919) % 50_000) + 1),
    );
    await Promise.all(payloads.map((payload) => atomicWriteFile(file, payload)));
    expect(read(file)).toBe(payloads[99]);
    expect(litter(place)).toEqual([]);
  });

  test("a reader at any moment sees one whole payload", async () => {
    const file = path.join(makePlace(), "server.log");
    const payloads = Array.from({ length: 60 }, (_, index) =>
      String.fromCharCode(65 + (index % 26)).repeat(200_000),
    );
    atomicWriteFileSync(file, payloads[0] ?? "");
    let isDone = false;
    const writes = Promise.all(payloads.map((payload) => atomicWriteFile(file, payload))).finally(
      () => (isDone = true),
    );
    for (let reads = 0; !isDone || reads < 10; reads++) {
      const content = read(file);
      expect(content).toBe(content.slice(0, 1).repeat(200_000));
      await setTimeout(0);
    }
    await writes;
  });

  test("an earlier slow call does not undo a later quick one, also by another path", async () => {
    const place = makePlace();
    fs.symlinkSync(".", path.join(place, "here"));
    fs.symlinkSync("server.log", path.join(place, "current"));
    const slow = atomicWriteFile(path.join(place, "server.log"), slowly("slow"));
    const quick = atomicWriteFile(path.join(place, "here/current"), "quick");
    await Promise.all([slow, quick]);
    expect(read(path.join(place, "server.log"))).toBe("quick");
    expect(litter(place)).toEqual([]);
  });

  test("a later call that fails does not take the earlier one with it", async () => {
    const file = path.join(makePlace(), "server.log");
    const slow = atomicWriteFile(file, slowly("slow"));
    await expect(atomicWriteFile(file, failing())).rejects.toThrow("upstream went away");
    await slow;
    expect(read(file)).toBe("slow");
  });

  test("a synchronous call is the last, whenever it comes", async () => {
    const place = makePlace();
    const file = path.join(place, "server.log");
    for (let delay = 0; delay < 120; delay++) {
      const pending = [atomicWriteFile(file, "first"), atomicWriteFile(file, "second")];
      for (let ticks = 0; ticks < delay % 40; ticks++) await setImmediatePromise();
      const sync = `sync ${delay}`;
      atomicWriteFileSync(file, sync);
      await Promise.all(pending);
      expect(read(file)).toBe(sync);
    }
    expect(litter(place)).toEqual([]);
  });

  test("a synchronous call is the last for a file with two names, too", async () => {
    const place = makePlace();
    const file = path.join(place, "server.log");
    fs.writeFileSync(file, "old");
    fs.linkSync(file, path.join(place, "other"));
    for (let delay = 0; delay < 30; delay++) {
      const pending = atomicWriteFile(file, Buffer.alloc(2_000_000, "a"));
      for (let ticks = 0; ticks < delay; ticks++) await setImmediatePromise();
      atomicWriteFileSync(file, "sync");
      await pending;
      expect(read(file).slice(0, 10)).toBe("sync");
    }
  });

  test("the mode of a call that created the file meanwhile stays", async () => {
    const file = path.join(makePlace(), "secret.key");
    await Promise.all([
      atomicWriteFile(file, "first", { mode: 0o600 }),
      atomicWriteFile(file, slowly("second")),
    ]);
    expect(read(file)).toBe("second");
    expect((fs.statSync(file).mode & 0o777).toString(8)).toBe("600");
  });

  test("a source may read or write the file it is for, with one name or two", async () => {
    const place = makePlace();
    const [single, double] = [path.join(place, "single"), path.join(place, "double")];
    for (const file of [single, double]) fs.writeFileSync(file, "old");
    fs.linkSync(double, path.join(place, "other"));
    for (const file of [single, double]) {
      await atomicWriteFile(file, fs.createReadStream(file));
      expect(read(file)).toBe("old");
      await atomicWriteFile(file, writing(file));
      expect(read(file)).toBe("from inside");
    }
  });

  test("two copies of the module in one process keep one order", async () => {
    const other = build("commonjs");
    const copy: { atomicWriteFileSync: typeof atomicWriteFileSync } = createRequire(import.meta.url)(
      other.entry,
    );
    other.remove();
    expect(copy.atomicWriteFileSync).not.toBe(atomicWriteFileSync);
    const file = path.join(makePlace(), "server.log");
    for (let ticks = 0; ticks < 20; ticks++) {
      const pending = atomicWriteFile(file, "earlier");
      for (let tick = 0; tick < ticks; tick++) await setImmediatePromise();
      copy.atomicWriteFileSync(file, "later");
      await pending;
      expect(read(file)).toBe("later");
    }
  });

  test("nothing is remembered when all is done", async () => {
    const place = makePlace();
    const calls = Array.from({ length: 50 }, (_, index) =>
      atomicWriteFile(path.join(place, `${index % 7}`), "x"),
    );
    atomicWriteFileSync(path.join(place, "3"), "y");
    await Promise.all([...calls, atomicWriteFile(path.join(place, "no/such"), "").catch(() => undefined)]);
    const state: unknown = Reflect.get(globalThis, Symbol.for("resource-context/atomic-write/1"));
    expect(state).toMatchObject({
      pending: new Set(),
      lanes: new Map(),
      resolving: new Set(),
      idle: new Set(),
    });
  });
});

describe("callback form", () => {
  test("calls back later, once, with null", async () => {
    const file = path.join(makePlace(), "server.log");
    const calls: unknown[][] = [];
    await new Promise<void>((resolve) => {
      atomicWriteFile(file, "new", (...result: unknown[]) => (calls.push(result), resolve()));
      expect(calls).toEqual([]);
    });
    expect(calls).toEqual([[null]]);
  });

  test("what the callback throws is an uncaught exception", async () => {
    const origin = await report("", [
      program("callback-throws.mjs"),
      built.entry,
      path.join(makePlace(), "x"),
    ]);
    expect(origin).toBe("uncaughtException: from the callback");
  });

  test("can be promisified", async () => {
    const file = path.join(makePlace(), "server.log");
    const write: (file: string, data: string, options: object) => Promise<void> = promisify(atomicWriteFile);
    await write(file, "new", { mode: 0o600 });
    expect(read(file)).toBe("new");
  });

  test("takes no callback that is none", () => {
    expect(() => Reflect.apply(atomicWriteFile, undefined, ["x", "", {}, "done"])).toThrow(
      expect.objectContaining({ code: "ERR_INVALID_ARG_TYPE" }),
    );
  });
});

describe("descriptors and handles go to fs", () => {
  test("FileHandle: continues at its position", async () => {
    const file = path.join(makePlace(), "server.log");
    fs.writeFileSync(file, "abcdef");
    const handle = await fs.promises.open(file, "r+");
    await atomicWriteFile(handle, "XY");
    await handle.close();
    expect(read(file)).toBe("XYcdef");
  });

  test("descriptor: in all three forms", async () => {
    const file = path.join(makePlace(), "server.log");
    const fd = fs.openSync(file, "w");
    atomicWriteFileSync(fd, "a");
    await atomicWriteFile(fd, "b");
    await new Promise<void>((resolve) => atomicWriteFile(fd, "c", () => resolve()));
    fs.closeSync(fd);
    expect(read(file)).toBe("abc");
  });
});

test("a change of directory during the call does not move the file", async () => {
  const [first, second, before] = [makePlace(), makePlace(), process.cwd()];
  // Worker threads may not change directory; then there is nothing to test.
  if (!trySync(() => process.chdir(first))) return;
  const pending = [
    atomicWriteFile("server.log", "new"),
    atomicWriteFile("no/such", "").catch((error) => error.path),
  ];
  process.chdir(second);
  const [, asked] = await Promise.all(pending).finally(() => process.chdir(before));
  expect(fs.readdirSync(first)).toEqual(["server.log"]);
  expect(asked).toContain("no/such");
});

function trySync(action: () => void): boolean {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}

/** Names as this process, a dead one, and one whose number was given out again would make them. */
async function temps(place: string): Promise<{ own: string; dead: string; reused: string }> {
  const write = atomicWriteFile(path.join(place, "x"), slowly("x"));
  const [own = ""] = await firstLitter(place);
  await write;
  const [head = "", start = "", random = ""] = own.split("-");
  const realm = head.slice(0, 17);
  return {
    own: `${head}-${start}-1${random}`,
    // Above the largest pid Linux gives out.
    dead: `${realm}${(5_000_000).toString(36)}-${start}-${random}`,
    reused: `${realm}${process.pid.toString(36)}-1${start}-${random}`,
  };
}

async function* endless(): AsyncGenerator<string> {
  for (;;) {
    yield "more";
    await setTimeout(5);
  }
}

async function* writing(file: string): AsyncGenerator<string> {
  await atomicWriteFile(file, "from inside");
  yield "from outside, which was called first";
}

async function* failing(): AsyncGenerator<string> {
  yield "half";
  await setTimeout(1);
  throw new Error("upstream went away");
}

async function firstLitter(place: string): Promise<string[]> {
  while (litter(place).length === 0) await setTimeout(1);
  return litter(place);
}

async function* slowly(text: string): AsyncGenerator<string> {
  await setTimeout(100);
  yield text;
}

function setImmediatePromise(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
