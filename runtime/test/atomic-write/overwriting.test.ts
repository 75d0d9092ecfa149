import { execFile, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { atomicWriteFile, atomicWriteFileSync } from "../../src/atomic-write/index.js";
import { litter, makePlace } from "./support/places.js";
import { isRoot, mount } from "./support/programs.js";

const forms = {
  atomicWriteFile,
  atomicWriteFileSync: async (...call: Parameters<typeof atomicWriteFileSync>) =>
    atomicWriteFileSync(...call),
};

/** What may not be replaced by a regular file, and what must survive a write. */
for (const [name, write] of Object.entries(forms)) {
  describe(name, () => {
    test("A5 /dev/null stays a device, also for root", async () => {
      await write("/dev/null", "nothing");
      expect(fs.statSync("/dev/null").isCharacterDevice()).toBe(true);
      expect(litter("/dev")).toEqual([]);
    });

    test("A5 a device elsewhere, and a link to it", async (context) => {
      const place = makePlace();
      const device = path.join(place, "null");
      const made = spawnSync("mknod", [device, "c", "1", "3"], { encoding: "utf8" });
      if (made.status !== 0) return context.skip(`cannot make a device here: ${made.stderr}`);
      fs.symlinkSync("null", path.join(place, "link"));
      await write(path.join(place, "link"), "nothing");
      expect(fs.statSync(device).isCharacterDevice()).toBe(true);
      expect(fs.readdirSync(place)).toEqual(["link", "null"]);
    });

    test("A5 a FIFO gets the bytes and stays a FIFO", async (context) => {
      const fifo = path.join(makePlace(), "fifo");
      const made = spawnSync("mkfifo", [fifo], { encoding: "utf8" });
      if (made.status !== 0) return context.skip(`cannot make a FIFO here: ${made.stderr}`);
      const reader = promisify(execFile)("cat", [fifo]);
      await write(fifo, "through the pipe");
      expect((await reader).stdout).toBe("through the pipe");
      expect(fs.statSync(fifo).isFIFO()).toBe(true);
    });

    test("A5 /proc files are written, not replaced", async (context) => {
      const file = "/proc/self/comm";
      if (!fs.existsSync(file)) return context.skip("there is no /proc here");
      const before = fs.readFileSync(file);
      await write(file, "renamed");
      expect(fs.readFileSync(file, "utf8").trim()).toBe("renamed");
      fs.writeFileSync(file, before);
    });

    test("A5 a link in /proc to an open file does not replace that file", async (context) => {
      if (!fs.existsSync("/proc/self/fd")) return context.skip("there is no /proc here");
      const file = path.join(makePlace(), "stdout.log");
      const fd = fs.openSync(file, "w");
      const { ino } = fs.fstatSync(fd);
      await write(`/proc/self/fd/${fd}`, "through the link");
      fs.closeSync(fd);
      expect(fs.statSync(file).ino).toBe(ino);
      expect(fs.readFileSync(file, "utf8")).toBe("through the link");
    });

    test("A7 a bind-mounted file is written in place", async (context) => {
      const place = makePlace();
      const [inside, outside] = [path.join(place, "inside.conf"), path.join(place, "outside.conf")];
      for (const file of [inside, outside]) fs.writeFileSync(file, "old");
      const bound = mount(["--bind", outside, inside]);
      if (typeof bound === "string") return context.skip(`cannot bind-mount here: ${bound}`);
      try {
        await write(inside, "new");
        await write(inside, "newer");
        expect(fs.readFileSync(inside, "utf8")).toBe("newer");
      } finally {
        bound.unmount();
      }
      expect(fs.readFileSync(outside, "utf8")).toBe("newer");
      expect(fs.readFileSync(inside, "utf8")).toBe("old");
      expect(litter(place)).toEqual([]);
    });

    test("A7 an immutable file is the error fs has, and stays", async (context) => {
      const file = path.join(makePlace(), "server.log");
      fs.writeFileSync(file, "old");
      const made = spawnSync("chattr", ["+i", file], { encoding: "utf8" });
      if (made.status !== 0)
        return context.skip(`cannot make a file immutable here: ${made.stderr ?? made.error}`);
      try {
        await expect(write(file, "new")).rejects.toMatchObject({
          code: "EPERM",
          syscall: "open",
          path: file,
        });
      } finally {
        spawnSync("chattr", ["-i", file]);
      }
      expect(fs.readFileSync(file, "utf8")).toBe("old");
      expect(litter(path.dirname(file))).toEqual([]);
    });

    test("A7 a read-only file system is the error fs has", async (context) => {
      const place = makePlace();
      const tmpfs = mount(["-t", "tmpfs", "-o", "ro,size=1m", "tmpfs", place]);
      if (typeof tmpfs === "string") return context.skip(`cannot mount a tmpfs here: ${tmpfs}`);
      try {
        const file = path.join(place, "server.log");
        await expect(write(file, "new")).rejects.toMatchObject({
          code: "EROFS",
          syscall: "open",
          path: file,
        });
      } finally {
        tmpfs.unmount();
      }
    });
  });
}

test("A7 a source that was read already is not lost when the rename is refused", async (context) => {
  const place = makePlace();
  const [inside, outside] = [path.join(place, "inside.conf"), path.join(place, "outside.conf")];
  for (const file of [inside, outside]) fs.writeFileSync(file, "old");
  const bound = mount(["--bind", outside, inside]);
  if (typeof bound === "string") return context.skip(`cannot bind-mount here: ${bound}`);
  try {
    await atomicWriteFile(inside, once());
    expect(fs.readFileSync(inside, "utf8")).toBe("from a source");
  } finally {
    bound.unmount();
  }
  expect(litter(place)).toEqual([]);

  function* once(): Generator<string> {
    yield "from ";
    yield "a source";
  }
});

test.skipIf(!isRoot())("fault tests ran as root, so nothing above was left out for lack of rights", () => {
  expect(process.getuid?.()).toBe(0);
});
