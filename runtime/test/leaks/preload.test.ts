import * as cp from "node:child_process";
import * as path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { ensureBuilt, runtimeFolder } from "../helpers.js";

const folder = path.join(runtimeFolder, "test/leaks/programs");
const preload = ["--import", "resource-context/leaks"];

interface Ended {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
}

interface Start {
  readonly flags?: readonly string[];
  readonly leaks?: string;
  /** Sent as soon as the program says that it is ready. */
  readonly signal?: NodeJS.Signals;
}

/** Runs a program of this folder, in the folder. */
function run(args: readonly string[], { flags = preload, leaks = "", signal }: Start = {}): Promise<Ended> {
  const env = { ...process.env, RESOURCE_CONTEXT_LEAKS: leaks };
  const child = cp.spawn(process.execPath, [...flags, ...args], { cwd: folder, env });
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  child.stdout.on("data", () => signal !== undefined && child.kill(signal));
  return new Promise((resolve) => child.on("close", (status, by) => resolve({ status, signal: by, stderr })));
}

beforeAll(ensureBuilt, 120_000);

describe("node --import resource-context/leaks", () => {
  it("says at the end what a context still holds, and leaves the exit code alone", async () => {
    const { status, stderr } = await run(["app.mjs", "held", "exit"]);
    expect(status).toBe(3);
    expect(stderr).toMatch(
      /still open when the process ended\nheld by contexts.*:\n {2}process, held by "build" for \d+ ms\n/,
    );
    expect(stderr).toContain("RESOURCE_CONTEXT_LEAKS=stacks says where from.");
  });

  it("says where from on request, with the line and the function of the program", async () => {
    const { stderr } = await run(["app.mjs", "held", "exit"], { leaks: "stacks" });
    expect(stderr).toMatch(/process, held by "build" for \d+ ms, from app\.mjs:\d+:\d+ \(startCompiler\)\n/);
    expect(stderr).not.toContain("RESOURCE_CONTEXT_LEAKS");
  });

  it.each(["", "stacks"])(
    "says nothing when all was released or belongs to the process (%j)",
    async (leaks) => {
      expect(await run(["app.mjs", "released", "exit"], { leaks })).toMatchObject({ status: 3, stderr: "" });
      expect(await run(["app.mjs", "root"], { leaks })).toMatchObject({ status: 0, stderr: "" });
    },
  );

  it("lists handles that never went through a context", async () => {
    const { stderr } = await run(["app.mjs", "several", "exit"]);
    const [, others = ""] = stderr.split("open without a context:\n");
    for (const line of ["  process\n", "  watcher\n", "  3 x timer\n"]) expect(others).toContain(line);
    expect(stderr).toContain('timer, held by "build"');
  });

  it("lists them with their places when stacks are on, files included", async () => {
    const { stderr } = await run(["app.mjs", "several", "exit"], { leaks: "stacks" });
    const [, others = ""] = stderr.split("open without a context:\n");
    expect(others).toMatch(/ {2}process, from app\.mjs:\d+:\d+\n/);
    expect(others).toMatch(/ {2}watcher, from app\.mjs:\d+:\d+\n/);
    expect(others).toMatch(/ {2}3 x timer, from app\.mjs:\d+:\d+\n/);
    expect(others).toContain("  file\n");
  });

  it("counts a server that a context holds as held, not as a stray one", async () => {
    for (const leaks of ["", "stacks"]) {
      const stray = await run(["app.mjs", "server", "exit"], { leaks });
      expect(stray.stderr).toMatch(/open without a context:\n {2}server/);
      const held = await run(["app.mjs", "held-server", "exit"], { leaks });
      expect(held.stderr).toContain('server, held by "build"');
      expect(held.stderr).not.toContain("open without a context");
    }
  });

  it("says it also when a signal ends a program that hangs, which still dies of the signal", async () => {
    const { signal, stderr } = await run(["app.mjs", "server", "wait"], {
      leaks: "stacks",
      signal: "SIGTERM",
    });
    expect(signal).toBe("SIGTERM");
    expect(stderr).toMatch(/server, from app\.mjs:\d+:\d+/);
    expect(stderr.split("still open")).toHaveLength(2);
  });

  it("prints no value that the program passed around", async () => {
    for (const leaks of ["", "stacks"])
      expect((await run(["app.mjs", "held", "exit"], { leaks })).stderr).not.toContain("hunter2");
  });
});

describe("other ways to switch it on", () => {
  it("works for CommonJS programs, by --import and by --require, whichever copy of the package is loaded", async () => {
    for (const flag of ["--import", "--require"]) {
      const { stderr } = await run(["app.cjs"], { flags: [flag, "resource-context/leaks"], leaks: "stacks" });
      expect(stderr).toMatch(/Object, held by "log" for \d+ ms, from app\.cjs:\d+:\d+ \(openLog\)/);
    }
  });

  it("works through NODE_OPTIONS and by the path of the file", async () => {
    const file = path.join(runtimeFolder, "dist/cjs/leaks/index.js");
    expect((await run(["app.cjs"], { flags: ["-r", file] })).stderr).toContain('held by "log"');
    const env = { ...process.env, NODE_OPTIONS: "--import=resource-context/leaks" };
    const { stderr } = cp.spawnSync(process.execPath, ["app.cjs"], { cwd: folder, env, encoding: "utf8" });
    expect(stderr).toContain('held by "log"');
  });

  it("is off when a program imports it for its functions, and with RESOURCE_CONTEXT_LEAKS=0", async () => {
    expect((await run(["library.mjs"], { flags: [] })).stderr).toBe("");
    expect((await run(["app.cjs"], { leaks: "0" })).stderr).toBe("");
    expect((await run(["library.mjs"], { flags: [], leaks: "1" })).stderr).toContain('held by "library"');
  });

  it("warns about a value that it does not know", async () => {
    const { stderr } = await run(["app.cjs"], { leaks: "stakcs" });
    expect(stderr).toContain("RESOURCE_CONTEXT_LEAKS must be 0, 1 or stacks; it is taken for 1.");
    expect(stderr).toContain('held by "log"');
    expect(stderr).not.toContain("stakcs");
  });

  it("leaves a signal to a program that listens for it", async () => {
    const { status, stderr } = await run(["host.mjs"], { signal: "SIGHUP" });
    expect(status).toBe(0);
    expect(stderr).toBe("went on after SIGHUP\n");
  });
});
