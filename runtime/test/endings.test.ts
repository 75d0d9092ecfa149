import * as cp from "node:child_process";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { alive, ensureBuilt, killAll, newMark, program, start, until } from "./helpers.js";

beforeAll(ensureBuilt, 120_000);
afterAll(() => killAll(alive(`mark-${process.pid}-`)));

async function run(name: string, how = "") {
  const mark = newMark();
  const running = start("endings.mjs", name, mark, how);
  await running.says("ready");
  return { ...running, mark };
}

describe("a signal", { concurrent: true }, () => {
  it.each(["SIGINT", "SIGTERM"] as const)(
    "%s stays the end of a program that exits with its child",
    async (signal) => {
      const { child, ended } = await run("exitWithChild");
      child.kill(signal);
      expect(await ended).toMatchObject({ code: null, signal });
    },
  );

  it("also ends what the program starts because its child was ended", async () => {
    const { child, ended, mark } = await run("restart");
    child.kill("SIGTERM");
    expect((await ended).signal).toBe("SIGTERM");
    expect(await until(() => alive(mark).length === 0)).toBe(true);
  });

  it("S6 is left to a host that has its own listener, which keeps what it holds until it exits", async () => {
    const { child, ended, mark, says } = await run("cancel");
    child.kill("SIGINT");
    await says("goes on");
    expect(alive(mark)).toHaveLength(2);
    child.kill("SIGTERM");
    expect(await ended).toMatchObject({ code: 4, stdout: "ready\ncancelled\ngoes on\n" });
    expect(await until(() => alive(mark).length === 0)).toBe(true);
  });

  it("ends the first process of a container, for which the kernel ignores it", async ({ skip }) => {
    const isolate = ["--pid", "--fork", "--mount-proc", "--kill-child"];
    if (cp.spawnSync("unshare", [...isolate, "true"]).status !== 0)
      skip("needs the right to make a namespace");
    const mark = newMark();
    const args = [...isolate, process.execPath, program("endings.mjs"), "firstProcess", mark];
    const outer = cp.spawn("unshare", args, { stdio: ["ignore", "pipe", "inherit"] });
    await once(outer.stdout, "data");
    const [first] = cp.execFileSync("pgrep", ["-P", String(outer.pid)], { encoding: "utf8" }).split("\n");
    const closed = once(outer, "close");
    process.kill(Number(first), "SIGTERM");
    expect(await closed).toEqual([143, null]);
    expect(alive(mark)).toHaveLength(0);
  });
});

describe("S4 an uncaught error", { concurrent: true }, () => {
  it.each([
    ["throwDeferred", "Error: thrown on purpose"],
    ["rejectDeferred", "Error: rejected on purpose"],
    ["throwText", "text on purpose"],
  ])("%s waits for what the caller gave to root, and is then shown", async (name, text) => {
    const { ended } = await run(name);
    const { code, stdout, stderr } = await ended;
    expect({ code, stdout }).toEqual({ code: 1, stdout: "ready\ndeferred\n" });
    expect(stderr).toContain(text);
    // The line of the user's program, as Node shows it, and not one of ours.
    if (text.startsWith("Error")) expect(stderr).toMatch(/^file:\S*\/endings\.mjs:\d+\n.*new Error\(/);
  });

  it("that follows another one ends the wait", async () => {
    const { ended } = await run("throwTwice");
    const { code, stdout } = await ended;
    expect({ code, stdout }).toEqual({ code: 1, stdout: "ready\n" });
  });

  it("is left to a host that handles it", async () => {
    const { ended } = await run("throwHandled");
    expect(await ended).toMatchObject({ code: 6, stdout: "ready\nhost: thrown on purpose\n", stderr: "" });
  });
});

/** Node points at the `throw`; of an error that it sees for the second time, it knows only where that was made. */
const withoutColumn = (text: string): string => text.replace(/^ +\^$/m, "^");
const NEWEST_FIRST = "inner waited\ninner begins\nouter waited\nouter begins\n";

describe("scopes that are open when the program ends", { concurrent: true }, () => {
  it.each(["scopeThrow", "scopeThrowDetails", "scopeReject", "scopeRejectDetails"])(
    "S4 %s: they are released, awaited, and the error is printed as without them",
    async (name) => {
      const [held, bare] = [await (await run(name)).ended, await (await run(name, "bare")).ended];
      expect(held).toMatchObject({ code: 1, signal: null, stdout: `ready\n${NEWEST_FIRST}` });
      expect(bare).toMatchObject({ code: 1, signal: null, stdout: "ready\n" });
      expect(withoutColumn(held.stderr)).toBe(withoutColumn(bare.stderr));
      if (name.startsWith("scopeReject")) expect(held.stderr).toBe(bare.stderr);
    },
  );

  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "S2 %s waits for them and still kills",
    async (signal) => {
      const { child, ended } = await run("scopeHeld");
      child.kill(signal);
      expect(await ended).toMatchObject({ code: null, signal, stdout: `ready\n${NEWEST_FIRST}`, stderr: "" });
    },
  );

  it("S5 process.exit() runs what needs no waiting, and keeps its code", async () => {
    const { ended } = await run("scopeExit");
    expect(await ended).toMatchObject({ code: 3, stdout: "inner begins\nouter begins\n", stderr: "" });
  });

  it("one that hangs is given up after signalTimeout", async () => {
    const { ended } = await run("scopeHung");
    const { code, stderr, ms } = await ended;
    expect(code).toBe(1);
    expect(stderr).toContain("Error: thrown on purpose");
    expect(ms).toBeLessThan(8_000);
  });
});

describe("process.exit()", () => {
  it("S5 runs what was given to root, as far as that needs no waiting, and keeps its code", async () => {
    const { ended } = await run("exitDeferred");
    expect(await ended).toMatchObject({ code: 3, stdout: "deferred\n", stderr: "" });
  });
});

describe("a resource manager", { concurrent: true }, () => {
  it("is released by a signal", async () => {
    const { child, ended } = await run("manager");
    child.kill("SIGTERM");
    expect(await ended).toMatchObject({ signal: "SIGTERM", stdout: "ready\nreleased\n" });
  });

  it("is released when the event loop runs empty", async () => {
    const { ended } = await run("managerDrained");
    expect(await ended).toMatchObject({ code: 0, stdout: "ready\nreleased\n" });
  });
});

describe("a stream on a full disk", () => {
  it("fails the program that did not listen for it, as it would have without a context", async () => {
    const { ended } = await run("fullDisk");
    const { code, stdout, stderr } = await ended;
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain("ENOSPC");
  });
});
