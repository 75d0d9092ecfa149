import * as cp from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { AtomicFileWriter, atomicFileWrite, type AtomicWriterOptions } from "../../src/files/index.js";
import { atomicWriteFile, atomicWriteFileSync, ResourceContext } from "../../src/index.js";
import { hasStrace, stepsIn } from "../atomic-write/support/trace.js";
import { ensureBuilt } from "../helpers.js";
import { makePlace, node, openFiles, program, run, says } from "./support.js";

beforeAll(ensureBuilt, 120_000);

function makeFile(content: string): {
  readonly file: string;
  readonly names: () => string[];
  readonly text: () => string;
} {
  const file = path.join(makePlace(), "data.txt");
  fs.writeFileSync(file, content);
  return {
    file,
    names: () => fs.readdirSync(path.dirname(file)).sort(),
    text: () => fs.readFileSync(file, "utf8"),
  };
}

describe("AtomicFileWriter", () => {
  test("A1 A2 writes piece by piece into another file, which takes the place of the old one at commit", async () => {
    const { file, names, text } = makeFile("old");
    const reader = fs.openSync(file, "r");
    const writer = new AtomicFileWriter(file);
    await writer.write("one ");
    await writer.write(Buffer.from("two "));
    await writer.write(Uint16Array.of(0x6161));
    expect(text()).toBe("old");
    expect(await writer.commit()).toEqual({ path: file, how: "replaced", backup: undefined });
    expect({ text: text(), names: names(), state: writer.state }).toEqual({
      text: "one two aa",
      names: ["data.txt"],
      state: "closed",
    });
    expect(fs.readFileSync(reader, "utf8")).toBe("old");
    fs.closeSync(reader);
  });

  test("keeps the order of pieces that nobody waits for, and all of a large one", async () => {
    const { file } = makeFile("old");
    const large = Buffer.alloc(20_000_000, "x");
    const writer = new AtomicFileWriter(file);
    const writes = Array.from({ length: 100 }, (_, at) => writer.write(`${at}\n`));
    writes.push(writer.write(large));
    await writer.commit();
    await Promise.all(writes);
    const start = Array.from({ length: 100 }, (_, at) => `${at}\n`).join("");
    expect(fs.readFileSync(file).equals(Buffer.concat([Buffer.from(start), large]))).toBe(true);
  });

  test("creates a file, also an empty one, with the mode that is asked for", async () => {
    const file = path.join(makePlace(), "new");
    await atomicFileWrite(file, { mode: 0o600 }, () => undefined);
    expect(fs.statSync(file)).toMatchObject({ size: 0, mode: 0o100600 });
  });

  test("A3 keeps mode and owner of the file", async () => {
    const { file } = makeFile("old");
    fs.chmodSync(file, 0o640);
    if (process.geteuid?.() === 0) fs.chownSync(file, 1234, 5678);
    const { uid, gid, mode } = fs.statSync(file);
    await atomicFileWrite(file, {}, (writer) => writer.write("new"));
    expect(fs.statSync(file)).toMatchObject({ uid, gid, mode });
  });

  test("A4 writes through links, also one that dangles", async () => {
    const { file, text, names } = makeFile("old");
    fs.symlinkSync("data.txt", path.join(path.dirname(file), "link"));
    fs.symlinkSync("later", path.join(path.dirname(file), "dangling"));
    for (const link of ["link", "dangling"])
      await atomicFileWrite(path.join(path.dirname(file), link), {}, (writer) => writer.write("new"));
    expect(text()).toBe("new");
    expect(names()).toEqual(["dangling", "data.txt", "later", "link"]);
  });

  test("A5 writes into a device and says so", async () => {
    const writer = new AtomicFileWriter("/dev/null");
    await writer.write("gone");
    expect(await writer.commit()).toMatchObject({ how: "in place" });
    expect(fs.statSync("/dev/null").isFile()).toBe(false);
  });

  test("A6 writes into a file with two names, or breaks them apart when asked to", async () => {
    const { file, text } = makeFile("old");
    const other = path.join(path.dirname(file), "other");
    fs.linkSync(file, other);
    const kept = new AtomicFileWriter(file);
    await kept.write("both");
    expect(await kept.commit()).toMatchObject({ how: "in place" });
    expect(fs.readFileSync(other, "utf8")).toBe("both");
    const broken = new AtomicFileWriter(file, { hardLinks: "break" });
    await broken.write("one");
    expect(await broken.commit()).toMatchObject({ how: "replaced" });
    expect([text(), fs.readFileSync(other, "utf8")]).toEqual(["one", "both"]);
  });

  test.each(["none", "file", "full"] as const)("A9 takes durability %s", async (durability) => {
    const { file, text } = makeFile("old");
    await atomicFileWrite(file, { durability }, (writer) => writer.write("new"));
    expect(text()).toBe("new");
  });

  test("A12 of several writers the last that commits wins, whenever each began", async () => {
    const { file, text } = makeFile("old");
    const first = new AtomicFileWriter(file);
    await first.write("began first, committed last");
    const second = new AtomicFileWriter(file);
    await second.write("second");
    expect(await second.commit()).toMatchObject({ how: "replaced" });
    await atomicWriteFile(file, "third");
    atomicWriteFileSync(file, "fourth");
    expect(await first.commit()).toMatchObject({ how: "replaced" });
    expect(text()).toBe("began first, committed last");
  });

  test("A14 waits for descriptors", async () => {
    const place = makePlace();
    const limited = ["-c", `ulimit -n 64; exec "$@"`, "sh", process.execPath, "--input-type=module", "-e"];
    const source = `import { atomicFileWrite } from ${JSON.stringify(new URL("../../dist/esm/files/index.js", import.meta.url).href)};
      await Promise.all(Array.from({ length: 300 }, (_, at) =>
        atomicFileWrite(${JSON.stringify(place)} + "/" + at, {}, (writer) => writer.write("x"))));`;
    expect(await run("sh", ...limited, source).ended).toMatchObject({ code: 0, output: "" });
    expect(fs.readdirSync(place)).toHaveLength(300);
  });
});

describe("a write that is not committed", () => {
  test("A10 leaves the old file and nothing else: rollback, end of scope, error in the body, abort", async () => {
    const { file, text, names } = makeFile("old");
    const before = openFiles();
    const rolledBack = new AtomicFileWriter(file);
    await rolledBack.write("new");
    await rolledBack.rollback();
    await ResourceContext.run(async (ctx) => ctx.use(new AtomicFileWriter(file)).write("new"));
    const failure = atomicFileWrite(file, {}, async (writer) => {
      await writer.write("new");
      throw new Error("no luck");
    });
    await expect(failure).rejects.toThrow("no luck");
    const controller = new AbortController();
    const aborted = new AtomicFileWriter(file, { signal: controller.signal });
    await aborted.write("new");
    controller.abort(new Error("enough"));
    await expect(aborted.write("more")).rejects.toMatchObject({ code: "ABORT_ERR" });
    await expect(aborted.commit()).rejects.toMatchObject({ code: "ABORT_ERR" });
    expect({ text: text(), names: names(), open: openFiles() }).toEqual({
      text: "old",
      names: ["data.txt"],
      open: before,
    });
  });

  test("leaves no file where none was", async () => {
    const place = makePlace();
    await expect(
      atomicFileWrite(path.join(place, "new"), {}, () => Promise.reject(new Error("no luck"))),
    ).rejects.toThrow("no luck");
    expect(fs.readdirSync(place)).toEqual([]);
  });

  test("leaves what the body decided: a commit stays, a rollback too", async () => {
    const { file, text } = makeFile("old");
    await atomicFileWrite(file, {}, async (writer) => {
      await writer.write("rolled back");
      await writer.rollback();
    });
    expect(text()).toBe("old");
    const committed = atomicFileWrite(file, {}, async (writer) => {
      await writer.write("committed");
      await writer.commit();
      throw new Error("too late");
    });
    await expect(committed).rejects.toThrow("too late");
    expect(text()).toBe("committed");
  });

  test.each(["exit", "SIGTERM"])("A11 leaves nothing when the process ends by %s", async (how) => {
    const { file, text, names } = makeFile("old");
    const program = node("write-slowly.mjs", file, how);
    await program.ended;
    expect({ text: text(), names: names() }).toEqual({ text: "old", names: ["data.txt"] });
  });

  test("A11 leaves a temp after kill -9, which the next writer in that folder removes", async () => {
    const { file, text, names } = makeFile("old");
    const program = node("write-slowly.mjs", file, "wait");
    await says(program, "written");
    program.child.kill("SIGKILL");
    await program.ended;
    expect(text()).toBe("old");
    expect(names()).toHaveLength(2);
    await node("write-slowly.mjs", file, "commit").ended;
    expect({ text: text(), names: names() }).toEqual({ text: "new", names: ["data.txt"] });
  });
});

describe("A13 a backup", () => {
  const backups = (names: readonly string[]): string[] =>
    names.filter((name) => /^data\.txt\.\d{8}T\d{6}Z-[0-9a-f]{12}\.bak$/.test(name));

  test("has a name of its own each time, and the old content, mode and owner", async () => {
    const { file, names, text } = makeFile("first");
    fs.writeFileSync(`${file}.bak`, "of the user");
    fs.chmodSync(file, 0o600);
    for (const content of ["second", "third"]) {
      const writer = new AtomicFileWriter(file, { backup: true });
      await writer.write(content);
      const { backup } = await writer.commit();
      expect(fs.readFileSync(String(backup), "utf8")).toBe(content === "second" ? "first" : "second");
      expect(fs.statSync(String(backup)).mode).toBe(0o100600);
    }
    expect(fs.readFileSync(`${file}.bak`, "utf8")).toBe("of the user");
    expect({ text: text(), made: backups(names()).length, all: names().length }).toEqual({
      text: "third",
      made: 2,
      all: 4,
    });
    // Not a second name of the file, which would make the next write one in place.
    expect(fs.statSync(file).nlink).toBe(1);
  });

  test("is made before a file is written in place, and of nothing when there is no file", async () => {
    const { file, names } = makeFile("old");
    fs.linkSync(file, path.join(path.dirname(file), "other"));
    const writer = new AtomicFileWriter(file, { backup: true });
    await writer.write("new");
    const { how, backup } = await writer.commit();
    expect([how, fs.readFileSync(String(backup), "utf8"), names().length]).toEqual(["in place", "old", 3]);
    const fresh = new AtomicFileWriter(path.join(path.dirname(file), "fresh"), { backup: true });
    expect(await fresh.commit()).toMatchObject({ how: "replaced", backup: undefined });
  });

  test("is not made when the write is rolled back", async () => {
    const { file, names } = makeFile("old");
    const writer = new AtomicFileWriter(file, { backup: true });
    await writer.write("new");
    await writer.rollback();
    expect(names()).toEqual(["data.txt"]);
  });

  test("of a file with the longest name has room for its own", async () => {
    const file = path.join(makePlace(), "ü".repeat(127));
    fs.writeFileSync(file, "old");
    await atomicFileWrite(file, { backup: true }, (writer) => writer.write("new"));
    expect(fs.readdirSync(path.dirname(file))).toHaveLength(2);
  });
});

describe("A3 extended attributes and ACLs", () => {
  const has = (command: string): boolean => cp.spawnSync(command, ["--version"]).status === 0;
  const attribute = (file: string): string =>
    cp.spawnSync("getfattr", ["-n", "user.origin", "--only-values", file], { encoding: "utf8" }).stdout;

  function withAttribute(): ReturnType<typeof makeFile> | string {
    if (!has("setfattr")) return "setfattr is not installed";
    const made = makeFile("old");
    const set = cp.spawnSync("setfattr", ["-n", "user.origin", "-v", "scanner", made.file], {
      encoding: "utf8",
    });
    return set.status === 0 ? made : set.stderr;
  }

  test("are kept with attributes: all, in one step", async (context) => {
    const made = withAttribute();
    if (typeof made === "string") return context.skip(made);
    const writer = new AtomicFileWriter(made.file, { attributes: "all" });
    await writer.write("new");
    expect(await writer.commit()).toMatchObject({ how: "replaced" });
    expect([made.text(), attribute(made.file)]).toEqual(["new", "scanner"]);
  });

  test("are lost otherwise, for Node cannot copy them", async (context) => {
    const made = withAttribute();
    if (typeof made === "string") return context.skip(made);
    await atomicFileWrite(made.file, {}, (writer) => writer.write("new"));
    expect([made.text(), attribute(made.file)]).toEqual(["new", ""]);
  });

  test("are kept where no helper can copy them, by writing in place", async (context) => {
    const made = withAttribute();
    if (typeof made === "string") return context.skip(made);
    const { PATH } = process.env;
    process.env["PATH"] = makePlace();
    const writer = new AtomicFileWriter(made.file, { attributes: "all" });
    await writer.write("new");
    const result = await writer.commit().finally(() => (process.env["PATH"] = PATH));
    expect([result.how, made.text(), attribute(made.file)]).toEqual(["in place", "new", "scanner"]);
  });

  test("an access list is kept too", async (context) => {
    if (!has("setfacl")) return context.skip("setfacl is not installed");
    const { file } = makeFile("old");
    const set = cp.spawnSync("setfacl", ["-m", "u:1234:rw", file], { encoding: "utf8" });
    if (set.status !== 0) return context.skip(set.stderr);
    await atomicFileWrite(file, { attributes: "all" }, (writer) => writer.write("new"));
    expect(cp.spawnSync("getfacl", ["-c", "-n", file], { encoding: "utf8" }).stdout).toContain(
      "user:1234:rw-",
    );
  });
});

describe("A9 order of system calls", () => {
  const pieces = ["open temp", "write", "write"];
  test.for([
    { durability: "none", steps: [...pieces, "close", "rename"] },
    { durability: "file", steps: [...pieces, "fsync", "close", "rename"] },
    {
      durability: "full",
      steps: [...pieces, "fsync", "close", "rename", "open directory", "fsync", "close"],
    },
  ])("durability $durability", ({ durability, steps }, context) => {
    if (!hasStrace()) return context.skip("there is no strace here");
    const { file } = makeFile("old");
    expect(stepsIn(path.dirname(file), [program("durable-writer.mjs"), file, durability])).toEqual(steps);
    expect(fs.readFileSync(file, "utf8")).toBe("one two");
  });
});

describe("root", () => {
  test("refuses a path that leads out of it, before anything is written", async () => {
    const place = makePlace();
    fs.mkdirSync(path.join(place, "root"));
    const options: AtomicWriterOptions = { root: path.join(place, "root") };
    for (const target of ["../x", path.join(place, "x")])
      await expect(atomicFileWrite(target, options, () => undefined)).rejects.toMatchObject({
        code: "ERR_PATH_OUTSIDE_ROOT",
      });
    await atomicFileWrite("x", options, (writer) => writer.write("in"));
    expect([fs.readdirSync(place), fs.readdirSync(path.join(place, "root"))]).toEqual([["root"], ["x"]]);
  });
});

describe("what is not a valid call", () => {
  test.each([
    ["no path", [], "ERR_INVALID_ARGUMENT"],
    ["durability", ["a", { durability: "maybe" }], "ERR_INVALID_ARGUMENT"],
    ["mode", ["a", { mode: -1 }], "ERR_INVALID_ARGUMENT"],
    ["encoding", ["a", { encoding: "klingon" }], "ERR_INVALID_ARGUMENT"],
    ["backup", ["a", { backup: ".bak" }], "ERR_INVALID_ARGUMENT"],
    ["hardLinks", ["a", { hardLinks: true }], "ERR_INVALID_ARGUMENT"],
    ["attributes", ["a", { attributes: "some" }], "ERR_INVALID_ARGUMENT"],
    ["signal", ["a", { signal: "stop" }], "ERR_INVALID_ARGUMENT"],
    ["root", ["a", { root: "" }], "ERR_INVALID_ARGUMENT"],
    ["an unknown option", ["a", { durabilty: "full" }], "ERR_UNKNOWN_OPTION"],
    ["options that are none", ["a", "utf8"], "ERR_INVALID_ARGUMENT"],
  ])("%s", (_, call, code) => {
    expect(() => Reflect.construct(AtomicFileWriter, call)).toThrow(expect.objectContaining({ code }));
  });

  test("a piece that is neither text nor bytes, whose content is not repeated in the error", async () => {
    const { file, text } = makeFile("old");
    const writer = new AtomicFileWriter(file);
    await expect(Reflect.apply(writer.write, writer, [{ secret: "swordfish" }])).rejects.toMatchObject({
      code: "ERR_INVALID_ARGUMENT",
      message: expect.not.stringContaining("swordfish"),
    });
    await writer.rollback();
    expect(text()).toBe("old");
  });

  test("use after the end", async () => {
    const { file } = makeFile("old");
    const writer = new AtomicFileWriter(file);
    await writer.write("new");
    await writer.commit();
    for (const late of [() => writer.write("more"), () => writer.commit()])
      await expect(late()).rejects.toMatchObject({ code: "ERR_RESOURCE_STATE", state: "closed" });
  });

  test("a folder that is not there, or a path that is a folder, is the error of fs", async () => {
    const place = makePlace();
    await expect(
      atomicFileWrite(path.join(place, "none", "x"), {}, (w) => w.write("x")),
    ).rejects.toMatchObject({
      code: "ENOENT",
    });
    for (const folder of [place, `${place}/`])
      await expect(atomicFileWrite(folder, {}, (w) => w.write("x"))).rejects.toMatchObject({
        code: "EISDIR",
      });
    await expect(Reflect.apply(atomicFileWrite, undefined, [place, {}])).rejects.toMatchObject({
      code: "ERR_INVALID_ARGUMENT",
    });
  });
});
