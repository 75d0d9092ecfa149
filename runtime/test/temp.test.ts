import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { InvalidArgumentError, ResourceContext, UnknownOptionError } from "../src/index.js";
import { wipeSync } from "../src/policies/wipe.js";
import { sweepLeftovers } from "../src/temp/ledger.js";
import { ensureBuilt, start, until } from "./helpers.js";

const parent = fs.mkdtempSync(path.join(os.tmpdir(), "resource-context-"));
afterAll(() => fs.rmSync(parent, { recursive: true, force: true }));
let folder = "";
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(parent, "test-"));
});

const dispose = (ctx: ResourceContext): Promise<void> => ctx.disposeAsync({ throwErrors: true });
// A folder of temporary files of its own: every program that starts elsewhere sweeps the common one.
process.env.TMPDIR = parent;
const ledger = path.join(os.tmpdir(), `resource-context-${process.getuid?.() ?? "temp"}`);
const notes = (): readonly string[] => (fs.existsSync(ledger) ? fs.readdirSync(ledger) : []);
const notesOf = (place: string): number => notes().filter((name) => noteIn(name).includes(place)).length;

/** Other programs strike out and sweep their notes while we look. */
function noteIn(name: string): string {
  try {
    return fs.readFileSync(path.join(ledger, name), "utf8");
  } catch (error) {
    expect(error).toMatchObject({ code: "ENOENT" });
    return "";
  }
}

describe("a temporary file", () => {
  it("is empty, new, for this user alone, and removed with its context", async () => {
    const ctx = new ResourceContext();
    const file = ctx.tempFile({ dir: folder, prefix: "report-", suffix: ".csv" });
    expect(path.dirname(file)).toBe(folder);
    expect(path.basename(file)).toMatch(/^report-[0-9a-f]{16}\.csv$/);
    expect(fs.statSync(file)).toMatchObject({ size: 0, mode: 0o100600 });
    expect(ctx.tempFile({ dir: folder })).not.toBe(ctx.tempFile({ dir: folder }));
    await dispose(ctx);
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  it("is made where the system wants them, without options", async () => {
    const ctx = new ResourceContext();
    const file = ctx.tempFile();
    expect(path.dirname(file)).toBe(os.tmpdir());
    ctx.dispose();
    expect(fs.existsSync(file)).toBe(false);
  });

  it.each(["text", "bytes", "address"])("that exists is held by its path as %s", async (form) => {
    const ctx = new ResourceContext();
    const file = path.join(folder, "existing");
    fs.writeFileSync(file, "");
    const given = { text: file, bytes: Buffer.from(file), address: pathToFileURL(file) }[form];
    expect(ctx.tempFile(given)).toBe(given);
    await dispose(ctx);
    expect(fs.existsSync(file)).toBe(false);
  });

  it("that is gone already is no failure, and a folder is none", async () => {
    const ctx = new ResourceContext();
    fs.rmSync(ctx.tempFile({ dir: folder }));
    await dispose(ctx);
    const other = new ResourceContext();
    other.tempFile(folder);
    await expect(dispose(other)).rejects.toMatchObject({ kinds: ["tempFile"] });
    expect(fs.existsSync(folder)).toBe(true);
  });

  it("stays when it is disowned, and nobody sweeps it", async () => {
    const ctx = new ResourceContext();
    const file = ctx.disown(ctx.tempFile({ dir: folder }));
    await dispose(ctx);
    expect(fs.existsSync(file)).toBe(true);
    expect(notesOf(file)).toBe(0);
  });
});

describe("a temporary folder", () => {
  it("is for this user alone, and removed with all that is in it", async () => {
    const ctx = new ResourceContext();
    const made = ctx.tempDir({ dir: folder });
    expect(fs.statSync(made).mode & 0o777).toBe(0o700);
    fs.mkdirSync(path.join(made, "a/b"), { recursive: true });
    expect(notesOf(made)).toBe(1);
    await dispose(ctx);
    expect(fs.existsSync(made)).toBe(false);
    expect(notesOf(made)).toBe(0);
  });

  it("of mkdtemp has the name that Node would give it", async () => {
    const ctx = new ResourceContext();
    const prefix = path.join(folder, "job-");
    const both = [await ctx.mkdtemp(prefix), ctx.mkdtempSync(prefix)];
    for (const made of both) {
      expect(made.slice(0, prefix.length)).toBe(prefix);
      expect(made.slice(prefix.length)).toMatch(/^[a-zA-Z0-9]{6}$/);
      expect(fs.statSync(made).mode & 0o777).toBe(0o700);
    }
    const bytes = await ctx.mkdtemp(prefix, { encoding: "buffer" });
    expect(Buffer.isBuffer(bytes)).toBe(true);
    await dispose(ctx);
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  it("of mkdtemp may be relative", async () => {
    const ctx = new ResourceContext();
    const relative = path.join(path.relative(process.cwd(), folder), "job-");
    const made = await ctx.mkdtemp(relative);
    expect(made.startsWith(relative)).toBe(true);
    await dispose(ctx);
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  it.each([[path.join(parent, "missing", "job-")], ["with\0nul"], [7]])(
    "of mkdtemp fails as Node's does: %j",
    async (prefix) => {
      const ctx = new ResourceContext();
      const messageOf = async (call: () => unknown): Promise<unknown> => {
        try {
          return await call();
        } catch (error) {
          return String(error).replace(/job-\w{6}/, "job-");
        }
      };
      const nodes = await messageOf(() => Reflect.apply(fs.promises.mkdtemp, fs.promises, [prefix]));
      expect(await messageOf(() => Reflect.apply(ctx.mkdtemp, undefined, [prefix]))).toBe(nodes);
      expect(nodes).toContain("Error");
      expect(ctx.size).toBe(0);
    },
  );
});

describe("a secret", () => {
  it("is overwritten before it is removed", async () => {
    const ctx = new ResourceContext();
    const file = ctx.tempFile({ dir: folder, secret: true });
    fs.writeFileSync(file, "password");
    // Whoever has the file open sees what became of its content.
    const descriptor = fs.openSync(file, "r");
    await dispose(ctx);
    expect(fs.readFileSync(descriptor)).toEqual(Buffer.alloc(8));
    fs.closeSync(descriptor);
    expect(fs.existsSync(file)).toBe(false);
  });

  it("may be a folder that exists, read-only files included", () => {
    const ctx = new ResourceContext();
    const inside = path.join(folder, "deep", "key");
    fs.mkdirSync(path.dirname(inside));
    fs.writeFileSync(inside, "x".repeat(100_000), { mode: 0o400 });
    const descriptor = fs.openSync(inside, "r");
    ctx.tempDir(folder, { secret: true });
    ctx.dispose();
    expect(fs.readFileSync(descriptor).every((byte) => byte === 0)).toBe(true);
    fs.closeSync(descriptor);
    expect(fs.existsSync(folder)).toBe(false);
  });

  it("never overwrites what has another name, or what a link leads to", () => {
    const [precious, linked] = [path.join(parent, "precious"), path.join(parent, "linked")];
    fs.writeFileSync(precious, "precious");
    fs.writeFileSync(linked, "linked");
    fs.symlinkSync(precious, path.join(folder, "symlink"));
    fs.linkSync(linked, path.join(folder, "hardlink"));
    fs.symlinkSync(parent, path.join(folder, "folder"));
    wipeSync(folder);
    wipeSync(path.join(folder, "symlink"));
    wipeSync(path.join(folder, "missing"));
    expect([precious, linked].map((file) => fs.readFileSync(file, "utf8"))).toEqual(["precious", "linked"]);
  });
});

describe("bad options", () => {
  const ctx = new ResourceContext();
  it.each([
    [{ sufix: ".txt" }, UnknownOptionError],
    [{ prefix: "../" }, InvalidArgumentError],
    [{ suffix: "/etc/passwd" }, InvalidArgumentError],
    [{ prefix: "nul\0" }, InvalidArgumentError],
    [{ dir: 7 }, InvalidArgumentError],
    [{ dir: "" }, InvalidArgumentError],
    [{ secret: "yes" }, InvalidArgumentError],
  ])("%j make nothing", (options, error) => {
    for (const method of [ctx.tempFile, ctx.tempDir])
      expect(() => Reflect.apply(method, ctx, [options])).toThrow(error);
    for (const method of [ctx.tempFile, ctx.tempDir])
      expect(() => Reflect.apply(method, ctx, ["/tmp/x", { secrets: true }])).toThrow(UnknownOptionError);
    expect(ctx.size).toBe(0);
  });

  it("a folder that is missing is Node's error", () => {
    expect(() => ctx.tempFile({ dir: path.join(parent, "missing") })).toThrow(
      expect.objectContaining({ code: "ENOENT" }),
    );
    expect(ctx.size).toBe(0);
  });
});

describe("what a program made", { concurrent: true }, () => {
  beforeAll(ensureBuilt, 120_000);

  async function run(exit: string): Promise<{ readonly made: readonly string[]; readonly code: unknown }> {
    const own = fs.mkdtempSync(path.join(parent, `${exit}-`));
    const running = start("temp.mjs", own, exit);
    await running.says("ready");
    if (exit.startsWith("SIG")) process.kill(running.child.pid ?? 0, exit);
    const { stdout, code, signal } = await running.ended;
    const made: unknown = JSON.parse(stdout.split("\n")[0] ?? "");
    return { made: Array.isArray(made) ? made.map(String) : [], code: code ?? signal };
  }

  it.each([
    ["drain", 0],
    ["exit3", 3],
    ["throw", 1],
    ["reject", 1],
    ["SIGINT", "SIGINT"],
    ["SIGTERM", "SIGTERM"],
    ["SIGHUP", "SIGHUP"],
  ])("is gone after %s", async (exit, status) => {
    const { made, code } = await run(exit);
    expect(made).toHaveLength(5);
    expect(made.filter((place) => fs.existsSync(place))).toEqual([]);
    expect(code).toBe(status);
    expect(made.map(notesOf)).toEqual([0, 0, 0, 0, 0]);
  });

  it("is gone at the next start after SIGKILL, and not before its owner is", async () => {
    const own = fs.mkdtempSync(path.join(parent, "killed-"));
    const living = start("temp.mjs", own, "none");
    await living.says("ready");
    const { made } = await run("SIGKILL");
    expect(made.filter((place) => fs.existsSync(place))).toHaveLength(5);
    await run("drain");
    expect(await until(() => !made.some((place) => fs.existsSync(place)))).toBe(true);
    expect(made.map(notesOf)).toEqual([0, 0, 0, 0, 0]);
    expect(fs.readdirSync(own)).toHaveLength(5);
    living.child.kill("SIGKILL");
    await living.ended;
    await sweepLeftovers(ledger);
    expect(fs.readdirSync(own)).toEqual([]);
  });

  it("is not believed when the note was cut off or points at a home", async () => {
    const { made } = await run("SIGKILL");
    const mine = notes().filter((name) => made.some((place) => noteIn(name).includes(place)));
    const [cut = "", home = ""] = mine;
    fs.writeFileSync(path.join(ledger, cut), `{"place":"${os.homedir()}`);
    fs.writeFileSync(path.join(ledger, home), JSON.stringify({ place: os.homedir() }));
    await sweepLeftovers(ledger);
    expect(fs.existsSync(os.homedir())).toBe(true);
    expect(notes().filter((name) => mine.includes(name))).toEqual([]);
  });
});
