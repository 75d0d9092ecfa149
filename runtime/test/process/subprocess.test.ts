import * as cp from "node:child_process";
import * as diagnostics from "node:diagnostics_channel";
import { once } from "node:events";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  type Exit,
  IsolationError,
  ManagedSubprocess,
  ResourceContext,
  type RestartLimitError,
  SubprocessStartError,
} from "../../src/index.js";
import { alive, ensureBuilt, isAlive, killAll, newMark, program, start, until } from "../helpers.js";

const mark = newMark();
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "subprocess-"));
const FAST = { delay: 5, maxDelay: 20 } as const;

beforeAll(ensureBuilt, 120_000);
afterEach(() => killAll(alive(mark)));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** A shell script that has the mark in its command line. */
const script = (text: string) => ({ command: "sh", args: ["-c", `${text} # ${mark}`], name: "worker" });
const forever = script("sleep 60; true");

describe("ManagedSubprocess", () => {
  it("starts a command, tells how it is, and ends it when it is closed", async () => {
    const worker = new ManagedSubprocess(script("echo up; sleep 60; true"));
    expect(worker.status()).toMatchObject({ isRunning: false, pid: undefined, restarts: 0, exit: undefined });
    expect(() => worker.value).toThrow(expect.objectContaining({ code: "ERR_RESOURCE_STATE" }));
    const child = await worker.initialize();
    expect(String(await once(child.stdout ?? child, "data"))).toBe("up\n");
    expect(worker.stdout).toBe(child.stdout);
    expect(worker.stderr).toBe(child.stderr);
    expect(worker.stdin).toBe(child.stdin);
    expect(worker.status()).toMatchObject({
      name: "worker",
      isRunning: true,
      pid: child.pid,
      health: { status: "ok" },
    });
    await worker.close();
    expect(alive(mark)).toEqual([]);
    expect(worker.status()).toMatchObject({
      isRunning: false,
      exit: { code: null, signal: "SIGTERM" },
      health: { status: "failed" },
    });
  });

  it("is closed with the context that uses it, and by await using", async () => {
    await ResourceContext.run(async (ctx) => {
      await ctx.use(new ManagedSubprocess(forever)).initialize();
      expect(alive(mark).length).toBeGreaterThan(0);
    });
    expect(alive(mark)).toEqual([]);
    {
      await using worker = new ManagedSubprocess(forever);
      await worker.initialize();
    }
    expect(alive(mark)).toEqual([]);
  });

  it("is closed without waiting, too", async () => {
    const worker = new ManagedSubprocess(forever);
    await worker.initialize();
    worker.closeSync();
    expect(alive(mark)).toEqual([]);
  });

  it("P1 P2 gives its whole group SIGTERM, then stopTimeout, then SIGKILL, also after the leader is gone", async () => {
    const stubborn = `sh -c 'trap "" TERM; while :; do sleep 1; done; # ${mark}' & sleep 0.2; echo up`;
    const worker = new ManagedSubprocess({ ...script(stubborn), stopTimeout: 300 });
    const child = await worker.initialize();
    await once(child, "exit");
    expect(alive(mark)).not.toEqual([]);
    const begin = performance.now();
    await worker.close();
    expect(performance.now() - begin).toBeGreaterThan(250);
    expect(alive(mark)).toEqual([]);
  });

  it("waits as long as stopTimeout for a clean end", async () => {
    const clean = new ManagedSubprocess({
      ...script("trap 'sleep 0.6; exit 7' TERM; echo up; while :; do sleep 0.05; done"),
      stopTimeout: 20_000,
    });
    const child = await clean.initialize();
    await once(child.stdout ?? child, "data");
    await clean.close();
    expect(clean.status().exit).toEqual({ code: 7, signal: null });
  });

  it("adopts a child: watches and ends it, and never starts it again", async () => {
    const child = cp.spawn(process.execPath, [program("child.mjs"), mark, "family"]);
    await once(child.stdout, "data");
    const worker = new ManagedSubprocess({ adopt: child }).startMonitoring();
    const exits: Exit[] = [];
    worker.on("exit", (exit) => exits.push(exit));
    expect(await worker.initialize()).toBe(child);
    expect(worker.name).toBe(`process ${child.pid}`);
    child.kill("SIGKILL");
    await until(() => exits.length > 0);
    expect(exits).toEqual([{ code: null, signal: "SIGKILL" }]);
    await worker.close();
    expect(worker.status()).toMatchObject({ restarts: 0, isRunning: false });

    const other = cp.spawn(process.execPath, [program("child.mjs"), mark, "family"]);
    await once(other.stdout, "data");
    const second = new ManagedSubprocess({ adopt: other, name: "family" });
    await second.initialize();
    await second.close();
    expect(alive(mark).filter((pid) => pid === other.pid)).toEqual([]);
  });

  it("says that a program does not exist, without repeating its arguments", async () => {
    const worker = new ManagedSubprocess({ command: "there-is-no-such-program", args: ["--token=hunter2"] });
    const error = await worker.initialize().then(undefined, (thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(SubprocessStartError);
    expect(error).toMatchObject({ code: "ERR_SUBPROCESS_START", reason: "ENOENT" });
    expect(String(error)).toContain("PATH");
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain("hunter2");
    const broken = new ManagedSubprocess({ command: "sh", args: ["hunter2\0"] });
    const quoted = await broken.initialize().then(undefined, (thrown: unknown) => thrown);
    expect(quoted).toMatchObject({ code: "ERR_SUBPROCESS_START", reason: "ERR_INVALID_ARG_VALUE" });
    expect(JSON.stringify(quoted, Object.getOwnPropertyNames(quoted))).not.toContain("hunter2");
    await worker.close();
  });

  it("does not stop a child whose output nobody reads", async () => {
    const worker = new ManagedSubprocess(script("head -c 1000000 /dev/zero; head -c 1000000 /dev/zero >&2"));
    const child = await worker.initialize();
    expect(await once(child, "exit")).toEqual([0, null]);
    await worker.close();
  });
});

describe("the restart policy", () => {
  const cases = [
    ["permanent", "exit 0", true],
    ["permanent", "exit 3", true],
    ["transient", "exit 0", false],
    ["transient", "exit 3", true],
    ["transient", "kill -KILL $$", true],
    ["temporary", "exit 3", false],
  ] as const;

  it.each(cases)("%s after `%s`: restart %s", async (policy, end, isRestarted) => {
    const flag = path.join(folder, `${policy}-${end}`);
    const once = `if [ -e '${flag}' ]; then sleep 60; else touch '${flag}'; ${end}; fi`;
    const worker = new ManagedSubprocess({ ...script(once), restart: { policy, ...FAST } });
    const told: object[] = [];
    worker.on("exit", (exit) => told.push(exit)).on("restart", (restart) => told.push(restart));
    const first = await worker.initialize();
    await until(() => told.length > 0);
    if (isRestarted)
      expect(await until(() => worker.status().pid !== undefined && worker.value !== first)).toBe(true);
    expect(worker.status()).toMatchObject({ isRunning: isRestarted, restarts: isRestarted ? 1 : 0 });
    if (isRestarted) expect(told[1]).toMatchObject({ attempt: 1, exit: told[0] });
    else expect(told).toHaveLength(1);
    await worker.close();
    expect(alive(mark)).toEqual([]);
  });

  it("3 restarts in 5 s, then it gives up, closes itself and what needs it, and says why", async () => {
    const context = new ResourceContext();
    const starts: unknown[] = [];
    const published: unknown[] = [];
    const listener = (message: unknown): void => void published.push(message);
    diagnostics.subscribe("resource:restart", listener);
    const worker = new ManagedSubprocess({
      ...script("exit 9"),
      restart: { policy: "permanent", delay: 5 },
      closes: context,
    });
    worker.on("start", (child) => starts.push(child.pid));
    const failed = new Promise<RestartLimitError>((resolve) => worker.on("failed", resolve));
    await worker.initialize();
    const error = await failed;
    diagnostics.unsubscribe("resource:restart", listener);
    expect(error).toMatchObject({
      name: "RestartLimitError",
      code: "ERR_RESTART_LIMIT",
      exit: { code: 9, signal: null },
    });
    expect(error.message).toContain("restarted 3 times in 5000 ms");
    expect(new Set(starts).size).toBe(4);
    expect(published).toHaveLength(3);
    expect(published[0]).toMatchObject({ kind: "subprocess", name: "worker", attempt: 1 });
    expect(worker.state).toBe("closed");
    expect(await until(() => context.disposed)).toBe(true);
  });

  it("counts a program that can no longer be started as one that ended", async () => {
    const tool = path.join(folder, "tool");
    fs.writeFileSync(tool, '#!/bin/sh\nrm -f "$0"\n', { mode: 0o755 });
    const worker = new ManagedSubprocess({ command: tool, restart: { policy: "permanent", ...FAST } });
    const failed = new Promise<RestartLimitError>((resolve) => worker.on("failed", resolve));
    await worker.initialize();
    expect((await failed).exit).toEqual({ code: null, signal: null });
  });

  it("never restarts once it is being closed, also while a restart is due or under way", async () => {
    for (const wait of [0, 20, 60]) {
      const worker = new ManagedSubprocess({
        ...script("exit 1"),
        restart: { policy: "permanent", delay: 40, max: 1_000 },
      });
      const restarted = new Promise((resolve) => worker.on("restart", resolve));
      await worker.initialize();
      await restarted;
      await new Promise((resolve) => setTimeout(resolve, wait));
      await worker.close();
      const { restarts } = worker.status();
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(worker.status().restarts).toBe(restarts);
      expect(alive(mark)).toEqual([]);
    }
  });

  it("never restarts while a signal ends the program", async () => {
    const running = start("supervised.mjs", mark);
    await running.says("ready");
    running.child.kill("SIGTERM");
    expect(await running.ended).toMatchObject({ signal: "SIGTERM" });
    expect(await until(() => alive(mark).length === 0)).toBe(true);
    expect((await running.ended).stdout).not.toContain("restart");
  });

  it("what is left of a group goes before the next child starts", async () => {
    const flag = path.join(folder, "group");
    const text = `if [ -e '${flag}' ]; then sleep 60; fi; touch '${flag}'; sh -c 'sleep 50; true # ${mark}' & exit 1`;
    const worker = new ManagedSubprocess({ ...script(text), restart: { policy: "transient", ...FAST } });
    let leftovers = -1;
    worker.on("start", (child) => {
      leftovers = alive(mark).filter((pid) => groupOf(pid) !== child.pid).length;
    });
    await worker.initialize();
    expect(await until(() => worker.status().restarts === 1 && worker.status().isRunning)).toBe(true);
    expect(leftovers).toBe(0);
    await worker.close();
  });

  it("an error of a listener is nobody's but the listener's", async () => {
    const running = start("supervised.mjs", mark, "throw");
    const { code, stderr } = await running.ended;
    expect(code).toBe(1);
    expect(stderr).toContain("Error: thrown by a listener");
    expect(await until(() => alive(mark).length === 0)).toBe(true);
  });
});

describe("startMonitoring", () => {
  it("begins to restart what has ended meanwhile; stopMonitoring leaves the child alone", async () => {
    const worker = new ManagedSubprocess({
      ...script("sleep 60"),
      restart: { policy: "permanent", ...FAST },
    });
    const first = await worker.stopMonitoring().initialize();
    first.kill("SIGKILL");
    await once(first, "exit");
    expect(worker.status()).toMatchObject({ isRunning: false, restarts: 0 });
    worker.startMonitoring().startMonitoring();
    expect(await until(() => worker.status().isRunning)).toBe(true);
    worker.stopMonitoring();
    expect(isAlive(worker.value.pid)).toBe(true);
    await worker.close();
  });
});

describe("the health check", () => {
  it("restarts the child after 3 failures in a row, however it then ends", async () => {
    const checked: (number | undefined)[] = [];
    const worker = new ManagedSubprocess({
      ...script("trap 'exit 0' TERM; while :; do sleep 0.05; done"),
      restart: { policy: "transient", ...FAST },
      health: {
        interval: 10,
        check: (child) => {
          checked.push(child.pid);
          return child.pid !== checked[0];
        },
      },
    });
    const told: unknown[] = [];
    worker.on("unhealthy", (health) => told.push(health));
    const first = await worker.initialize();
    expect(await until(() => worker.status().restarts === 1 && worker.status().health.status === "ok")).toBe(
      true,
    );
    expect(await until(() => checked.some((pid) => pid !== first.pid))).toBe(true);
    expect(checked.filter((pid) => pid === first.pid)).toHaveLength(3);
    expect(told).toEqual([{ status: "failed", detail: "the check said so" }]);
    await worker.close();
  });

  it.each([
    ["hangs", () => new Promise<boolean>(() => {}), "the check took longer than 20 ms"],
    ["throws", () => Promise.reject(new RangeError("hunter2")), "the check threw RangeError"],
  ])("has failed when it %s, and only tells of it without a restart policy", async (_name, check, detail) => {
    const worker = new ManagedSubprocess({
      ...forever,
      health: { interval: 5, timeout: 20, failures: 2, check },
    });
    const unhealthy = new Promise((resolve) => worker.on("unhealthy", resolve));
    const child = await worker.initialize();
    expect(await unhealthy).toEqual({ status: "failed", detail });
    expect(await worker.health()).toEqual({ status: "failed", detail });
    expect(isAlive(child.pid)).toBe(true);
    await worker.close();
  });

  it("is not asked again while it hangs", async () => {
    let asked = 0;
    const check = (): Promise<boolean> => new Promise(() => (asked += 1));
    const worker = new ManagedSubprocess({
      ...forever,
      health: { interval: 5, timeout: 10, failures: 3, check },
    });
    const unhealthy = new Promise((resolve) => worker.on("unhealthy", resolve));
    await worker.initialize();
    await unhealthy;
    expect(asked).toBe(1);
    await worker.close();
  });

  it("does not keep a program alive, nor does anything else here", async () => {
    const running = start("supervised.mjs", mark, "drain");
    expect(await running.ended).toMatchObject({ code: 0, signal: null, stderr: "" });
    expect((await running.ended).ms).toBeLessThan(20_000);
    expect(await until(() => alive(mark).length === 0)).toBe(true);
  });
});

describe("isolation", () => {
  const print = { command: process.execPath, args: ["-e", "console.log(JSON.stringify(process.env))"] };

  async function outputOf(worker: ManagedSubprocess): Promise<string> {
    let text = "";
    worker.on("start", (child) => child.stdout?.on("data", (chunk: Buffer) => (text += chunk.toString())));
    const child = await worker.initialize();
    await once(child, "close");
    await worker.close();
    return text;
  }

  it("gives the child only the variables that are named, besides our mark, and a group of its own", async () => {
    process.env["API_TOKEN_OF_TEST"] = "hunter2";
    const worker = new ManagedSubprocess({
      ...print,
      spawn: { env: { ...process.env, PORT: "80" } },
      isolate: { environment: ["PATH", "PORT", "NOT_SET"] },
    });
    delete process.env["API_TOKEN_OF_TEST"];
    const seen: object = JSON.parse(await outputOf(worker));
    expect(Object.keys(seen).sort()).toEqual(["PATH", "PORT", "RESOURCE_CONTEXT_SPAWN"]);
    await using group = new ManagedSubprocess({ ...forever, isolate: {} });
    const { pid = 0 } = await group.initialize();
    expect(groupOf(pid)).toBe(pid);
  });

  it.runIf(process.platform === "linux")("sets limits with prlimit", async () => {
    const worker = new ManagedSubprocess({
      command: "cat",
      args: ["/proc/self/limits"],
      isolate: { limits: { addressSpace: 2 ** 30, openFiles: 32, processes: 4_000, cpuSeconds: 7 } },
    });
    const text = await outputOf(worker);
    expect(text).toMatch(/Max address space +1073741824 +1073741824/);
    expect(text).toMatch(/Max open files +32 +32/);
    expect(text).toMatch(/Max processes +4000 +4000/);
    expect(text).toMatch(/Max cpu time +7 +7/);
  });

  it.runIf(process.platform === "linux")("a limited program that does not exist is still one", async () => {
    const worker = new ManagedSubprocess({
      command: "there-is-no-such-program",
      isolate: { limits: { openFiles: 32 } },
    });
    await expect(worker.initialize()).rejects.toMatchObject({ reason: "ENOENT" });
  });

  it("says so where limits cannot be set", async () => {
    const { PATH } = process.env;
    const worker = new ManagedSubprocess({ command: "/bin/true", isolate: { limits: { openFiles: 32 } } });
    process.env["PATH"] = folder;
    try {
      await expect(worker.initialize()).rejects.toMatchObject({ code: "ERR_ISOLATION" });
      await expect(worker.initialize()).rejects.toBeInstanceOf(IsolationError);
    } finally {
      process.env["PATH"] = PATH;
    }
    const platform = Object.getOwnPropertyDescriptor(process, "platform") ?? {};
    Object.defineProperty(process, "platform", { ...platform, value: "darwin" });
    try {
      expect(() => new ManagedSubprocess({ command: "true", isolate: { limits: { openFiles: 1 } } })).toThrow(
        /need Linux .* this is darwin/,
      );
    } finally {
      Object.defineProperty(process, "platform", platform);
    }
  });
});

describe("what is not valid", () => {
  const bad: readonly (readonly [string, unknown, string])[] = [
    ["nothing", undefined, '"options"'],
    ["no command", {}, '"command"'],
    ["an empty command", { command: "" }, '"command"'],
    ["a line of arguments", { command: "ls", args: "-l" }, '"args"'],
    ["numbers as arguments", { command: "ls", args: [1] }, '"args"'],
    ["text as spawn options", { command: "ls", spawn: "pipe" }, '"spawn"'],
    ["a detached child", { command: "ls", spawn: { detached: true } }, '"spawn.detached"'],
    ["an unknown policy", { command: "ls", restart: { policy: "always" } }, '"restart.policy"'],
    ["a negative delay", { command: "ls", restart: { delay: -1 } }, '"restart.delay"'],
    ["a fraction of restarts", { command: "ls", restart: { max: 1.5 } }, '"restart.max"'],
    ["no check", { command: "ls", health: {} }, '"health.check"'],
    ["no failures", { command: "ls", health: { check: () => true, failures: 0 } }, '"health.failures"'],
    ["a name of nothing", { command: "ls", name: "" }, '"name"'],
    ["an endless stop", { command: "ls", stopTimeout: Infinity }, '"stopTimeout"'],
    ["something that cannot be closed", { command: "ls", closes: {} }, '"closes"'],
    ["one name", { command: "ls", isolate: { environment: "PATH" } }, '"isolate.environment"'],
    [
      "a limit of zero",
      { command: "ls", isolate: { limits: { openFiles: 0 } } },
      '"isolate.limits.openFiles"',
    ],
    [
      "limits of a shell",
      { command: "ls", spawn: { shell: true }, isolate: { limits: {} } },
      '"spawn.shell"',
    ],
    ["no child", { adopt: 7 }, '"adopt"'],
  ];

  it.each(bad)("%s is refused before anything is started", (_name, options, text) => {
    expect(() => Reflect.construct(ManagedSubprocess, [options])).toThrow(
      expect.objectContaining({ code: "ERR_INVALID_ARGUMENT", message: expect.stringContaining(text) }),
    );
  });

  it.each([
    [{ command: "ls", restarts: {} }, 'Did you mean "restart"?'],
    [{ command: "ls", restart: { maximum: 1 } }, "Known: policy, max"],
    [{ adopt: cp.ChildProcess.prototype, restart: {} }, "Unknown option"],
    [{ command: "ls", isolate: { env: [] } }, "Known: environment, limits"],
  ])("an unknown option is named: %j", (options, text) => {
    expect(() => Reflect.construct(ManagedSubprocess, [options])).toThrow(
      expect.objectContaining({ code: "ERR_UNKNOWN_OPTION", message: expect.stringContaining(text) }),
    );
  });

  it("an unknown event and a listener that is none are refused", () => {
    const worker = new ManagedSubprocess({ command: "ls" });
    expect(() => Reflect.apply(worker.on, worker, ["crash", () => {}])).toThrow('"event"');
    expect(() => Reflect.apply(worker.on, worker, ["exit", 7])).toThrow('"listener"');
    const listener = (): void => {};
    expect(worker.on("exit", listener).off("exit", listener)).toBe(worker);
  });
});

function groupOf(pid: number): number {
  return Number(cp.execFileSync("ps", ["-o", "pgid=", "-p", String(pid)], { encoding: "utf8" }));
}
