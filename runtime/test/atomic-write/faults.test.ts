import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { build } from "./support/build.js";
import { litter, makePlace } from "./support/places.js";
import { isRoot, killed, mount, program, report } from "./support/programs.js";
import { hasStrace, stepsIn } from "./support/trace.js";

const MEGABYTE = 1024 * 1024;
const isLong = process.env["RESOURCE_FAULTS"] === "long";

let built: ReturnType<typeof build>;
beforeAll(() => {
  built = build();
});
afterAll(() => built.remove());

/** What a killed writer left behind. */
interface Damage {
  torn: number;
  litter: number;
}

describe("kill -9", () => {
  const kills = isLong ? 500 : 30;

  test.each(["atomicWriteFile", "atomicWriteFileSync"])(
    `%s, ${kills} times: old or new, nothing else`,
    async (how) => {
      const damage = await killRepeatedly(how, kills);
      console.log(
        `${how}: ${damage.torn} of ${kills} torn, ${damage.litter} temps left before the next start`,
      );
      expect(damage.torn).toBe(0);
    },
    900_000,
  );

  // Without this the tests above could pass because no kill ever came at a bad moment.
  test.each(["fs.writeFile", "fs.writeFileSync"])(
    `%s, ${kills} times: is torn at least once`,
    async (how) => {
      const damage = await killRepeatedly(how, kills);
      console.log(`${how}: ${damage.torn} of ${kills} torn`);
      expect(damage.torn).toBeGreaterThan(0);
    },
    900_000,
  );

  async function killRepeatedly(how: string, times: number): Promise<Damage> {
    const lanes = Array.from({ length: 6 }, () => makePlace());
    const damages = await Promise.all(
      lanes.map((place) => killIn(place, how, Math.ceil(times / lanes.length))),
    );
    return damages.reduce((sum, one) => ({ torn: sum.torn + one.torn, litter: sum.litter + one.litter }));
  }

  async function killIn(place: string, how: string, times: number): Promise<Damage> {
    const file = path.join(place, "data.bin");
    const damage = { torn: 0, litter: 0 };
    for (let turn = 0; turn < times; turn++) {
      await killed([program("overwrite-forever.mjs"), built.entry, how, file], 1 + Math.random() * 25);
      if (!isWhole(fs.readFileSync(file))) damage.torn++;
      damage.litter += litter(place).length;
    }
    if (how.startsWith("fs.")) return damage;
    await report("", [program("write-once.mjs"), built.entry, how, file]);
    expect(fs.readdirSync(place)).toEqual(["data.bin"]);
    return damage;
  }

  function isWhole(content: Buffer): boolean {
    return content.length === MEGABYTE && content.equals(Buffer.alloc(MEGABYTE, content.subarray(0, 1)));
  }
});

interface Refusal {
  readonly code: string;
  readonly syscall: string;
  readonly isOld: boolean;
  readonly names: readonly string[];
}

describe("no space: an error, the old file, no temp", () => {
  for (const how of ["async", "sync", "source"]) {
    test(`RLIMIT_FSIZE, ${how}`, async () => {
      const place = makePlace();
      const refusal = await writeTooMuch(place, how, "trap '' XFSZ; ulimit -f 600;");
      expect(refusal).toEqual({ code: "EFBIG", syscall: "write", isOld: true, names: ["data.bin"] });
    });

    test(`full file system, ${how}`, async (context) => {
      const place = makePlace();
      const tmpfs = mount(["-t", "tmpfs", "-o", "size=1m", "tmpfs", place]);
      if (typeof tmpfs === "string") return context.skip(`cannot mount a tmpfs here: ${tmpfs}`);
      try {
        const refusal = await writeTooMuch(place, how, "");
        expect(refusal).toEqual({ code: "ENOSPC", syscall: "write", isOld: true, names: ["data.bin"] });
      } finally {
        tmpfs.unmount();
      }
    });

    test(`a file that is written in place has its old content, too, ${how}`, async () => {
      const place = makePlace();
      fs.writeFileSync(path.join(place, "data.bin"), "");
      fs.linkSync(path.join(place, "data.bin"), path.join(place, "link"));
      const refusal = await writeTooMuch(place, how, "trap '' XFSZ; ulimit -f 600;");
      expect(refusal).toEqual({ code: "EFBIG", syscall: "write", isOld: true, names: ["data.bin", "link"] });
    });
  }

  test("RLIMIT_FSIZE, fs.writeFile: an error and a torn file", async () => {
    const refusal = await writeTooMuch(makePlace(), "fs", "trap '' XFSZ; ulimit -f 600;");
    expect(refusal).toMatchObject({ code: "EFBIG", isOld: false });
  });

  function writeTooMuch(place: string, how: string, limits: string): Promise<Refusal> {
    const file = path.join(place, "data.bin");
    fs.writeFileSync(file, Buffer.alloc(300 * 1024, "o"));
    return report(limits, [program("no-space.mjs"), built.entry, how, file, String(2 * MEGABYTE)]);
  }
});

describe("A14 out of descriptors", () => {
  test("300 writes with 64 descriptors: all succeed", async () => {
    const place = makePlace();
    const result = await report("ulimit -n 64;", [program("many-at-once.mjs"), built.entry, "ours", place]);
    expect(result).toEqual({ whole: 300, codes: [] });
    expect(litter(place)).toEqual([]);
  });

  // Node 26 opens, writes and closes in one turn of the thread pool, so few descriptors are open at a time.
  test.skipIf(parseInt(process.versions.node) >= 26)("fs.writeFile does not", async () => {
    const result = await report("ulimit -n 64;", [
      program("many-at-once.mjs"),
      built.entry,
      "fs",
      makePlace(),
    ]);
    expect(result).toMatchObject({ codes: ["EMFILE"] });
  });
});

describe("A9 order of system calls", () => {
  const inOrder = ["open temp", "write", "fsync", "close", "rename"];
  const cases = {
    none: inOrder.filter((step) => step !== "fsync"),
    file: inOrder,
    full: [...inOrder, "open directory", "fsync", "close"],
  };
  for (const how of ["async", "sync"]) {
    for (const [durability, steps] of Object.entries(cases)) {
      test(`durability ${durability}, ${how}`, (context) => {
        if (!hasStrace()) return context.skip("there is no strace here");
        expect(trace(how, durability)).toEqual(steps);
      });
    }
  }

  // A power cut cannot be staged here. That the bytes are flushed before the rename is what decides it.
  function trace(how: string, durability: string): readonly string[] {
    const place = makePlace();
    const file = path.join(place, "data.txt");
    fs.writeFileSync(file, "old");
    return stepsIn(place, [program("durable-once.mjs"), built.entry, how, file, durability]);
  }
});

describe("the process ends while writes are under way", () => {
  test.each([
    ["exit", 3],
    ["throw", 1],
    ["reject", 1],
    ["drain", 0],
  ])("%s: no temps, the same exit status", (how, status) => {
    const place = makePlace();
    const { status: actual } = spawnSync(process.execPath, [
      program("exit-midway.mjs"),
      built.entry,
      how,
      place,
    ]);
    expect(actual === status || (how === "drain" && actual === 13), `exit status ${actual}`).toBe(true);
    expect(fs.readdirSync(place)).toEqual([]);
  });

  test("exit, before the thread that creates the temp has come to it: no temps", () => {
    for (let turn = 0; turn < 5; turn++) {
      const place = makePlace();
      const { status } = spawnSync(
        process.execPath,
        [program("exit-while-creating.mjs"), built.entry, place],
        { env: { ...process.env, UV_THREADPOOL_SIZE: "1" } },
      );
      expect({ status, names: fs.readdirSync(place) }).toEqual({ status: 3, names: ["before.txt"] });
    }
  });
});

describe.skipIf(!isRoot())("as another user (needs root)", () => {
  test.each(["async", "sync"])("A3 a read-only file is refused as fs refuses it, %s", async (how) => {
    const result = await asNobody(how, (place) => {
      fs.chmodSync(place, 0o777);
      fs.chmodSync(path.join(place, "data.txt"), 0o444);
    });
    expect(result).toEqual({ ours: "EACCES data.txt", native: "EACCES data.txt", content: "old" });
  });

  test.each(["async", "sync"])(
    "A7 a writable file in a read-only directory is written in place, %s",
    async (how) => {
      const result = await asNobody(how, (place) => {
        fs.chmodSync(place, 0o555);
        fs.chmodSync(path.join(place, "data.txt"), 0o666);
      });
      expect(result).toEqual({ ours: "well", native: "well", content: "new" });
    },
  );

  test.each(["async", "sync"])("A7 a directory one may not enter is the error fs has, %s", async (how) => {
    const result = await asNobody(how, (place) => fs.chmodSync(place, 0o700));
    expect(result).toMatchObject({ ours: "EACCES data.txt", native: "EACCES data.txt" });
  });

  test.each(["async", "sync"])(
    "A7 somebody else's file in a sticky directory is written in place, %s",
    async (how) => {
      const result = await asNobody(how, (place) => {
        fs.chmodSync(place, 0o1777);
        fs.chmodSync(path.join(place, "data.txt"), 0o666);
      });
      expect(result).toEqual({ ours: "well", native: "well", content: "new" });
    },
  );

  test.each(["async", "sync"])(
    "A3 a file that could not be given back keeps its owner and mode, %s",
    async (how) => {
      const place = makePlace();
      const file = path.join(place, "data.txt");
      fs.writeFileSync(file, "old");
      fs.chmodSync(place, 0o777);
      fs.chmodSync(file, 0o666);
      await report("", [program("as-nobody.mjs"), built.entry, how, file]);
      const { uid, mode } = fs.statSync(file);
      expect({ uid, mode: (mode & 0o7777).toString(8) }).toEqual({ uid: 0, mode: "666" });
      expect(fs.readFileSync(file, "utf8")).toBe("new");
    },
  );

  async function asNobody(how: string, before: (place: string) => void): Promise<unknown> {
    const place = makePlace();
    const file = path.join(place, "data.txt");
    fs.writeFileSync(file, "old");
    fs.chmodSync(file, 0o644);
    before(place);
    const result = await report<object>("", [program("as-nobody.mjs"), built.entry, how, file]);
    expect(fs.readdirSync(place)).toEqual(["data.txt"]);
    return { ...result, content: fs.readFileSync(file, "utf8") };
  }
});
