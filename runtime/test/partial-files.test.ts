import { spawnSync } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { PassThrough, Readable } from "node:stream";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { InvalidArgumentError, ResourceContext, UnknownOptionError } from "../src/index.js";
import { ensureBuilt, newMark, start } from "./helpers.js";

const parent = fs.mkdtempSync(path.join(os.tmpdir(), "resource-context-"));
afterAll(() => fs.rmSync(parent, { recursive: true, force: true }));
beforeAll(ensureBuilt, 120_000);

let file = "";
beforeEach(() => {
  file = path.join(fs.mkdtempSync(path.join(parent, "test-")), "upload");
});

type Flags = Parameters<typeof fs.createWriteStream>[1];

/** Writes a part of a file and fails, or writes all of it. */
async function save(
  how: "fails" | "succeeds",
  options: Flags = {},
  care = { removePartial: true },
): Promise<void> {
  const ctx = new ResourceContext();
  const target = ctx.stream(fs.createWriteStream(file, options), care);
  await once(target, "open");
  target.write("first half,");
  if (how === "succeeds") target.end(" second half");
  await ctx.disposeAsync({ throwErrors: true });
  expect(ctx.size).toBe(0);
  expect(target.closed).toBe(true);
}

describe("a file that a stream creates", () => {
  it("goes when the stream was not ended", async () => {
    await save("fails");
    expect(fs.existsSync(file)).toBe(false);
  });

  it("stays when it was, all of it", async () => {
    await save("succeeds");
    expect(fs.readFileSync(file, "utf8")).toBe("first half, second half");
  });

  it("stays in any case without the option", async () => {
    await save("fails", {}, { removePartial: false });
    expect(fs.readFileSync(file, "utf8")).toBe("first half,");
  });

  it("goes also when the context is over before the file is there", async () => {
    const ctx = new ResourceContext();
    ctx.stream(fs.createWriteStream(file), { removePartial: true });
    await ctx.disposeAsync({ throwErrors: true });
    expect(fs.existsSync(file)).toBe(false);
  });

  it("goes when nothing may be waited for", async () => {
    const ctx = new ResourceContext();
    const target = ctx.stream(fs.createWriteStream(file), { removePartial: true });
    await once(target, "open");
    ctx.dispose();
    expect(fs.existsSync(file)).toBe(false);
  });

  it("is found again after a change of the working directory", async () => {
    const before = process.cwd();
    process.chdir(path.dirname(file));
    const ctx = new ResourceContext();
    const target = ctx.stream(fs.createWriteStream("upload"), { removePartial: true });
    await once(target, "open");
    process.chdir(before);
    expect(fs.existsSync(file)).toBe(true);
    await ctx.disposeAsync({ throwErrors: true });
    expect(fs.existsSync(file)).toBe(false);
  });

  it("stays with whoever it is handed over to", async () => {
    const ctx = new ResourceContext();
    const target = ctx.stream(fs.createWriteStream(file), { removePartial: true });
    target.write("first half,");
    ctx.disown(target);
    await ctx.disposeAsync({ throwErrors: true });
    target.end();
    await once(target, "close");
    expect(fs.readFileSync(file, "utf8")).toBe("first half,");
    expect(target.listenerCount("pipe") + target.listenerCount("unpipe")).toBe(0);
  });
});

describe("a file that is not the stream's own", () => {
  it.each(["w", "a", "r+"])("was there before, flag %s: it stays", async (flags) => {
    fs.writeFileSync(file, "yesterday");
    await save("fails", { flags });
    expect(fs.existsSync(file)).toBe(true);
  });

  it("is appended to, and stays even when the stream created it", async () => {
    await save("fails", { flags: "a" });
    expect(fs.readFileSync(file, "utf8")).toBe("first half,");
  });

  it("is reached through a link that led nowhere", async () => {
    fs.symlinkSync(`${file}.real`, file);
    await save("fails");
    expect(fs.existsSync(`${file}.real`)).toBe(true);
  });

  it.each(["renamed", "linked"])("was %s meanwhile: nothing is removed", async (how) => {
    const ctx = new ResourceContext();
    const target = ctx.stream(fs.createWriteStream(file), { removePartial: true });
    await once(target, "open");
    if (how === "linked") fs.linkSync(file, `${file}.kept`);
    else {
      fs.renameSync(file, `${file}.kept`);
      fs.writeFileSync(file, "somebody else's");
    }
    await ctx.disposeAsync({ throwErrors: true });
    expect([fs.existsSync(file), fs.existsSync(`${file}.kept`)]).toEqual([true, true]);
  });

  it("was opened before anybody could look: it stays", async () => {
    const ctx = new ResourceContext();
    const target = fs.createWriteStream(file);
    await once(target, "open");
    ctx.stream(target, { removePartial: true });
    await ctx.disposeAsync({ throwErrors: true });
    expect(fs.existsSync(file)).toBe(true);
  });

  it("cannot be created: the error of the stream is all that is heard", async () => {
    const ctx = new ResourceContext();
    const target = ctx.stream(fs.createWriteStream(`${file}/below`), { removePartial: true });
    const [error] = await once(target, "error");
    expect(error).toMatchObject({ code: "ENOENT" });
    await ctx.disposeAsync({ throwErrors: true });
    expect(ctx.size).toBe(0);
  });
});

describe("a file that a pipe fills", () => {
  it("goes when the source fails in the middle", async () => {
    const ctx = new ResourceContext();
    const source = new PassThrough();
    const target = ctx.stream(fs.createWriteStream(file), { removePartial: true });
    source.pipe(target);
    source.write("first half,");
    const failed = once(source, "error");
    setImmediate(() => source.destroy(new Error("connection lost")));
    await failed;
    await ctx.disposeAsync({ throwErrors: true });
    expect(fs.existsSync(file)).toBe(false);
  });

  it.each([true, false])(
    "is cut off from a source that goes on, and nothing crashes: %s",
    async (removePartial) => {
      const ctx = new ResourceContext();
      const endless = new Readable({ read: () => setImmediate(() => endless.push("line\n")) });
      const target = ctx.stream(fs.createWriteStream(file), { removePartial });
      endless.pipe(target);
      await once(endless, "data");
      const failures: unknown[] = [];
      target.on("error", (error) => failures.push(error));
      await ctx.disposeAsync({ throwErrors: true });
      await new Promise((resolve) => setTimeout(resolve, 50));
      endless.destroy();
      expect(failures).toEqual([]);
      expect(fs.existsSync(file)).toBe(!removePartial);
    },
  );

  it("stays when everything has gone through", async () => {
    const ctx = new ResourceContext();
    const target = ctx.stream(fs.createWriteStream(file), { removePartial: true });
    await once(Readable.from(["first half,", " second half"]).pipe(target), "close");
    expect(ctx.size).toBe(0);
    await ctx.disposeAsync({ throwErrors: true });
    expect(fs.readFileSync(file, "utf8")).toBe("first half, second half");
  });
});

describe.skipIf(process.platform === "win32")(
  "when the program is stopped in the middle",
  { concurrent: true },
  () => {
    it.each(["SIGTERM", "exit", "throw"])("%s removes the file", async (how) => {
      const place = path.join(fs.mkdtempSync(path.join(parent, "stopped-")), "upload");
      const run = start("partial.mjs", newMark(), place, how);
      await run.says("ready");
      if (how === "SIGTERM") run.child.kill(how);
      const { stdout } = await run.ended;
      expect(stdout).toBe("ready\n");
      expect(fs.existsSync(place)).toBe(false);
    });

    it("the disk is full: what fitted is removed", () => {
      const place = path.join(fs.mkdtempSync(path.join(parent, "full-")), "upload");
      const program = path.join(import.meta.dirname, "programs", "partial.mjs");
      // Blocks of 1024 bytes; the limit of the shell stands for the end of the disk.
      const command = `trap '' XFSZ; ulimit -f 64; exec "$0" "$@"`;
      const given = ["-c", command, process.execPath, program, "mark", place, "full"];
      const { stdout, stderr } = spawnSync("bash", given, { encoding: "utf8" });
      expect(stdout + stderr).toBe("EFBIG\nremoved\n");
    });
  },
);

describe("its options", () => {
  it("are checked", () => {
    const ctx = new ResourceContext();
    const target = new PassThrough();
    const stream: (...given: unknown[]) => unknown = (...given) => Reflect.apply(ctx.stream, ctx, given);
    expect(() => stream(target, { removePartial: "yes" })).toThrow(InvalidArgumentError);
    expect(() => stream(target, { removePartials: true })).toThrow(UnknownOptionError);
    target.destroy();
  });
});
