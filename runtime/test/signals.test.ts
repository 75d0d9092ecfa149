import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ResourceContext } from "../src/index.js";
import { alive, ensureBuilt, killAll, newMark, sleep, start, until } from "./helpers.js";

const parent = fs.mkdtempSync(path.join(os.tmpdir(), "resource-context-"));
afterAll(() => fs.rmSync(parent, { recursive: true, force: true }));
beforeAll(ensureBuilt, 120_000);

async function run(name: string) {
  const mark = newMark();
  const folder = fs.mkdtempSync(path.join(parent, "run-"));
  const running = start("signals.mjs", name, mark, folder);
  await running.says("ready");
  return { ...running, mark, leftovers: () => fs.readdirSync(folder) };
}

const CATCHABLE = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

describe("signals", { concurrent: true }, () => {
  it.each(CATCHABLE)("S2 %s releases everything, waits for it, and still kills", async (signal) => {
    const { child, ended, leftovers } = await run("held");
    child.kill(signal);
    expect(await ended).toMatchObject({ code: null, signal, stderr: "" });
    expect((await ended).stdout).toContain("deferred");
    expect(leftovers()).toEqual([]);
  });

  it.each(CATCHABLE)("%s kills at once when nothing is held", async (signal) => {
    const { child, ended } = await run("idle");
    child.kill(signal);
    expect(await ended).toMatchObject({ code: null, signal, stderr: "" });
  });

  it("S3 a second signal ends it now, and everything is gone all the same", async () => {
    const { child, ended, mark, leftovers, says } = await run("deaf");
    child.kill("SIGINT");
    // A child that ended by the signal that is handed on to it would end the wait with it.
    await says("child got SIGINT.");
    await sleep(300);
    expect(child.signalCode).toBeNull();
    const begin = Date.now();
    child.kill("SIGINT");
    expect(await ended).toMatchObject({ signal: "SIGINT" });
    expect(Date.now() - begin).toBeLessThan(3_000);
    expect(await until(() => alive(mark).length === 0)).toBe(true);
    expect(leftovers()).toEqual([]);
  });

  it("S6 a host with its own listener decides when to exit; then the child is ended", async () => {
    const { child, ended, mark } = await run("host");
    child.kill("SIGINT");
    const { code, signal, stdout } = await ended;
    expect({ code, signal }).toEqual({ code: 7, signal: null });
    expect(stdout).toContain("host");
    expect(await until(() => alive(mark).length === 0)).toBe(true);
  });

  it("a host that reloads on SIGHUP keeps its children", async () => {
    const { child, ended, mark, says } = await run("host");
    child.kill("SIGHUP");
    await says("reloaded");
    expect(alive(mark).length).toBe(2);
    child.kill("SIGKILL");
    await ended;
    expect(await until(() => alive(mark).length === 0)).toBe(true);
  });

  it("S8 swallows none of a thousand", async () => {
    const { child, ended, said } = await run("counting");
    for (let count = 1; count <= 1_000; count += 1) {
      child.kill("SIGTERM");
      if (!(await soon(() => said(`count ${count}.`)))) break;
    }
    expect(said("count 1000.")).toBe(true);
    child.kill("SIGKILL");
    await ended;
  });

  it("lets signal-exit, which many packages bring, do its work and end the process", async () => {
    const { child, ended } = await run("signalExit");
    child.kill("SIGTERM");
    const { signal, stdout } = await ended;
    expect(signal).toBe("SIGTERM");
    expect(stdout).toContain("signal-exit saw SIGTERM");
  });
});

async function soon(isSo: () => boolean): Promise<boolean> {
  const deadline = Date.now() + 10_000;
  while (!isSo() && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 1));
  return isSo();
}

describe("other ways to end", { concurrent: true }, () => {
  it("waits for what root holds when the event loop has drained", async () => {
    const { ended, leftovers } = await run("drain");
    expect(await ended).toMatchObject({ code: 0, stderr: "" });
    expect((await ended).stdout).toContain("deferred");
    expect(leftovers()).toEqual([]);
  });

  it("S5 process.exit() keeps its code and removes folders", async () => {
    const { ended, leftovers } = await run("exit3");
    expect(await ended).toMatchObject({ code: 3, signal: null, stderr: "" });
    expect(leftovers()).toEqual([]);
  });

  it("S4 an uncaught error is printed as Node prints it", async () => {
    const { ended, leftovers } = await run("throw");
    const { code, stderr } = await ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(/^file:\/\/.*signals\.mjs:\d+\n {4}throw new Error\("thrown on purpose"\);/);
    expect(leftovers()).toEqual([]);
  });

  it("S1 ESM and CommonJS share one root and one set of handlers", async () => {
    const { child, ended } = await run("twoCopies");
    child.kill("SIGTERM");
    const { signal, stdout } = await ended;
    expect(signal).toBe("SIGTERM");
    expect(stdout).toMatch(/listeners 1 same true[^]*one root/);
  });

  it("a worker that is terminated leaves no child", async () => {
    const { child, ended, mark, says } = await run("worker");
    await says("terminated");
    // One command line with the mark is left: the program that had the worker.
    expect(await until(() => alive(mark).length === 1)).toBe(true);
    child.kill("SIGKILL");
    await ended;
  });

  it("kill -9 in the middle of starting children leaves at most the one that nobody had heard of", async () => {
    const mark = newMark();
    const { child, ended } = start("signals.mjs", "storm", mark, parent);
    await until(() => alive(mark).length > 8);
    child.kill("SIGKILL");
    await ended;
    expect(await until(() => alive(mark).length <= 1)).toBe(true);
    killAll(alive(mark));
  });

  it("touches nothing until something process-bound is held", async () => {
    const { ended } = await run("importOnly");
    expect((await ended).stdout).toMatch(/listeners 00000\nlater 0/);
  });

  it("S7 leaves the signals of a broken program alone, with a child and a folder held", () => {
    const ctx = new ResourceContext();
    ctx.tempDir();
    ctx.spawn("sleep", ["60"]);
    const [caught, broken] = [
      ["SIGTERM", "SIGINT", "SIGHUP"],
      ["SIGSEGV", "SIGBUS", "SIGFPE", "SIGILL", "SIGABRT", "SIGQUIT"],
    ].map((signals) => signals.map((signal) => process.listenerCount(signal)));
    ctx.dispose();
    expect(Math.min(...(caught ?? []))).toBeGreaterThan(0);
    expect(broken).toEqual([0, 0, 0, 0, 0, 0]);
  });
});

afterAll(() => killAll(alive(`mark-${process.pid}-`)));
