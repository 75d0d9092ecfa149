import * as cp from "node:child_process";
import { EventEmitter, once } from "node:events";
import { promisify } from "node:util";
import { execa } from "execa";
import { afterEach, describe, expect, it, vi } from "vitest";
import { ResourceContext } from "../src/index.js";
import { parsePs } from "../src/process/table.js";
import { alive, isAlive, killAll, newMark, program, sleep, until } from "./helpers.js";

const mark = newMark();
const childOf = (kind: string): [string, string[]] => [process.execPath, [program("child.mjs"), mark, kind]];

async function started(kind: string): Promise<cp.ChildProcess> {
  const child = cp.spawn(...childOf(kind), { stdio: ["ignore", "pipe", "ignore"] });
  await once(child.stdout, "data");
  return child;
}

afterEach(() => killAll(alive(mark)));

describe("an adopted child", () => {
  it("is given back as it is, and ended with its context", async () => {
    const ctx = new ResourceContext();
    const child = await started("plain");
    expect(ctx.process(child)).toBe(child);
    await ctx.disposeAsync({ throwErrors: true });
    expect(child.signalCode).toBe("SIGTERM");
    expect(isAlive(child.pid)).toBe(false);
  });

  it("P2 gets SIGKILL when it ignores SIGTERM", async () => {
    const ctx = new ResourceContext({ resourceTimeout: 600 });
    const child = ctx.process(await started("stubborn"));
    await ctx.disposeAsync({ throwErrors: true });
    expect(child.signalCode).toBe("SIGKILL");
  });

  it("goes with its grandchildren", async () => {
    const ctx = new ResourceContext();
    ctx.process(await started("family"));
    expect(alive(mark)).toHaveLength(2);
    await ctx.disposeAsync({ throwErrors: true });
    expect(alive(mark)).toHaveLength(0);
  });

  it("that is stopped wakes up to end", async () => {
    const ctx = new ResourceContext();
    const child = ctx.process(await started("plain"));
    child.kill("SIGSTOP");
    await ctx.disposeAsync({ throwErrors: true });
    expect(child.signalCode).toBe("SIGTERM");
  });

  it("that is stopped while it is ended wakes up as well", async () => {
    const ctx = new ResourceContext();
    const child = ctx.process(await started("tells"));
    const told = once(child.stdout ?? child, "data");
    const disposed = ctx.disposeAsync({ throwErrors: true });
    await told;
    child.kill("SIGSTOP");
    await disposed;
    expect({ code: child.exitCode, signal: child.signalCode }).toEqual({ code: 0, signal: null });
  });

  it("that is a promise of its end as well rejects to nobody when its context ends it", async () => {
    const ctx = new ResourceContext();
    const rejected: unknown[] = [];
    const note = (reason: unknown): number => rejected.push(reason);
    process.on("unhandledRejection", note);
    const child = ctx.process(execa(...childOf("plain")));
    await once(child.stdout, "data");
    await ctx.disposeAsync({ throwErrors: true });
    await sleep(50);
    process.off("unhandledRejection", note);
    expect({ signal: child.signalCode, rejected }).toEqual({ signal: "SIGTERM", rejected: [] });
  });

  it("goes without waiting, too", async () => {
    const ctx = new ResourceContext();
    ctx.process(await started("family"));
    ctx.dispose();
    expect(alive(mark)).toHaveLength(0);
    expect(ctx.cleanupError).toBeUndefined();
  });

  it("P3 does not wait for a grandchild that left the tree and holds the output", async () => {
    const ctx = new ResourceContext();
    const child = ctx.process(cp.spawn("sh", ["-c", `(setsid sleep 20 & ) ; exec sleep 20 # ${mark}`]));
    await until(() => isAlive(child.pid));
    const begin = performance.now();
    await ctx.disposeAsync({ throwErrors: true });
    expect(performance.now() - begin).toBeLessThan(4_000);
    expect(child.signalCode).toBe("SIGTERM");
  });

  it("P6 is forgotten the moment it ends, and never signalled again", async () => {
    const ctx = new ResourceContext();
    const child = ctx.process(cp.spawn("true"));
    expect(ctx.size).toBe(1);
    await once(child, "exit");
    expect(ctx.size).toBe(0);
    using kill = spyOnKill();
    await ctx.disposeAsync();
    expect(kill.spy).not.toHaveBeenCalled();
    expect(new ResourceContext().process(child)).toBe(child);
  });

  it("disown() sets it free", async () => {
    const ctx = new ResourceContext();
    const child = ctx.process(await started("plain"));
    ctx.disown(child);
    await ctx.disposeAsync();
    expect(isAlive(child.pid)).toBe(true);
  });

  it("may be given as the promise of execFile", async () => {
    const ctx = new ResourceContext();
    const promise = promisify(cp.execFile)(...childOf("plain"));
    expect(ctx.process(promise)).toBe(promise);
    await until(() => alive(mark).length === 1);
    await ctx.disposeAsync({ throwErrors: true });
    await expect(promise).rejects.toMatchObject({ signal: "SIGTERM" });
  });

  it("is treated the same by use(), whose symbol alone does not wait", async () => {
    const ctx = new ResourceContext();
    const child = await started("plain");
    const adopt: (value: Disposable) => unknown = (value) => ctx.use(value);
    Reflect.apply(adopt, undefined, [child]);
    await ctx.disposeAsync({ throwErrors: true });
    expect(child.signalCode).toBe("SIGTERM");
  });

  it("gets one listener and no warning, however many it has", () => {
    const child = cp.spawn("sleep", ["5"]);
    const ctx = new ResourceContext();
    const before = child.eventNames().length;
    ctx.process(child);
    expect(child.listenerCount("exit")).toBe(1);
    expect(child.listenerCount("error")).toBe(0);
    expect(child.eventNames().length).toBe(before + 1);
    ctx.disown(child);
    for (let count = child.listenerCount("exit"); count < 10; count += 1) child.on("exit", () => {});
    const other = new ResourceContext();
    other.process(child);
    expect(child.listenerCount("exit")).toBe(10);
    other.dispose();
  });

  it("is ended under fake timers", async () => {
    const child = await started("plain");
    vi.useFakeTimers();
    try {
      const ctx = new ResourceContext();
      ctx.process(child);
      await ctx.disposeAsync({ throwErrors: true });
      expect(child.signalCode).toBe("SIGTERM");
    } finally {
      vi.useRealTimers();
    }
  });

  it("that could not be started is nothing to end, and its error is still the caller's", async () => {
    const ctx = new ResourceContext();
    const child = ctx.process(cp.spawn("there-is-no-such-program"));
    const [error] = await once(child, "error");
    expect(error).toMatchObject({ code: "ENOENT" });
    expect(ctx.size).toBe(0);
  });
});

describe("a double of a test", () => {
  const doubles: readonly (readonly [string, unknown])[] = [
    ["undefined", undefined],
    ["null", null],
    ["a number", 7],
    ["an emitter", new EventEmitter()],
    ["an object with a stranger's pid", { pid: process.ppid, kill: vi.fn() }],
    ["an object with our own pid", { pid: process.pid, once: vi.fn() }],
    ["a pid of zero", { pid: 0 }],
    ["a throwing proxy", new Proxy({}, { get: () => expect.unreachable() })],
  ];

  it.each(doubles)("%s is given back and never signalled", async (_name, double) => {
    using kill = spyOnKill();
    const ctx = new ResourceContext();
    expect(ctx.process(double)).toBe(double);
    expect(ctx.size).toBe(0);
    await ctx.disposeAsync({ throwErrors: true });
    expect(kill.spy).not.toHaveBeenCalled();
  });

  it("of any kind is given back by all methods", async () => {
    const ctx = new ResourceContext();
    for (const double of [undefined, null, 0, "text", {}, new EventEmitter(), () => {}]) {
      expect(ctx.stream(double)).toBe(double);
      expect(ctx.file(double)).toBe(double);
      expect(ctx.server(double)).toBe(double);
      expect(ctx.timer(double)).toBe(double);
      if (typeof double !== "string") expect(ctx.tempDir(double)).toBe(double);
    }
    await ctx.disposeAsync({ throwErrors: true });
  });
});

describe("ctx.spawn", () => {
  it("P1 starts the child in its own group, and ends the group", async () => {
    const ctx = new ResourceContext();
    const child = ctx.spawn(...childOf("family"));
    await once(child.stdout, "data");
    const row = groupOf(child.pid);
    expect(row).toBe(child.pid);
    await ctx.disposeAsync({ throwErrors: true });
    expect(alive(mark)).toHaveLength(0);
  });

  it("stays in our group where the terminal is shared, or the caller says so", async () => {
    const ctx = new ResourceContext();
    const ours = groupOf(process.pid);
    const inherited = ctx.spawn("sleep", ["5"], { stdio: ["ignore", "inherit", "pipe"] });
    const told = ctx.spawn("sleep", ["5"], { detached: false });
    expect([groupOf(inherited.pid), groupOf(told.pid)]).toEqual([ours, ours]);
    await ctx.disposeAsync({ throwErrors: true });
  });

  it("takes every shape of arguments, and fails as the original does", async () => {
    const ctx = new ResourceContext();
    const { spawn } = ctx;
    for (const child of [
      spawn("true"),
      spawn("true", []),
      spawn("true", { cwd: "/" }),
      spawn("true", [], { cwd: "/" }),
    ]) {
      expect(await once(child, "exit")).toEqual([0, null]);
    }
    const shell = ctx.spawn(`echo "$0"`, { shell: true });
    expect(String(await once(shell.stdout, "data"))).toMatch(/sh/);
    expect(() => ctx.spawn("")).toThrow(expect.objectContaining({ code: "ERR_INVALID_ARG_VALUE" }));
    expect(() => Reflect.apply(ctx.spawn, undefined, ["true", [], 7])).toThrow(TypeError);
    await ctx.disposeAsync({ throwErrors: true });
  });
});

describe("P2 a group whose leader has ended", () => {
  it("is ended with its context", async () => {
    const ctx = new ResourceContext();
    const shell = ctx.spawn("sh", ["-c", `sh -c 'sleep 60; true # ${mark}' & exit 0`], { stdio: "ignore" });
    await once(shell, "exit");
    // One shell, and for a moment its copy that is about to become `sleep`.
    expect(alive(mark)).not.toHaveLength(0);
    expect(ctx.size).toBe(1);
    await ctx.disposeAsync({ throwErrors: true });
    expect(alive(mark)).toHaveLength(0);
  });

  it("is forgotten when its last member ends", async () => {
    const ctx = new ResourceContext();
    const shell = ctx.spawn("sh", ["-c", "sleep 0.3 & exit 0"], { stdio: "ignore" });
    await once(shell, "exit");
    expect(await until(() => ctx.size === 0)).toBe(true);
  });
});

describe("the process table of ps", () => {
  it("is read with all its columns", () => {
    const table = parsePs(
      "    1     0     1 Ss   Mon Nov 23 12:53:00 2026\n  42  1  42 Z+ Mon Nov 23 12:54:00 2026\nrubbish\n",
    );
    expect(table.get(1)).toEqual({
      pid: 1,
      ppid: 0,
      group: 1,
      start: "Mon Nov 23 12:53:00 2026",
      isZombie: false,
      isStopped: false,
    });
    expect(table.get(42)).toMatchObject({ isZombie: true, isStopped: false, ppid: 1 });
    expect(table.size).toBe(2);
  });
});

function groupOf(pid: number | undefined): number {
  return Number(cp.execFileSync("ps", ["-o", "pgid=", "-p", String(pid)], { encoding: "utf8" }));
}

function spyOnKill(): { readonly spy: ReturnType<typeof vi.spyOn>; [Symbol.dispose](): void } {
  const spy = vi.spyOn(process, "kill");
  return { spy, [Symbol.dispose]: () => spy.mockRestore() };
}
