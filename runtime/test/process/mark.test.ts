import * as cp from "node:child_process";
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { ResourceContext } from "../../src/index.js";
import { REAPER_SCRIPT } from "../../src/process/reaper-script.js";
import { reap } from "./reap.js";
import { alive, ensureBuilt, killAll, newMark, until } from "../helpers.js";

const MARK = "RESOURCE_CONTEXT_SPAWN";
const mark = newMark();
const print = ["-e", "process.stdout.write(JSON.stringify(process.env))"];

beforeAll(ensureBuilt, 120_000);
afterEach(() => killAll(alive(mark)));

async function environmentOf(options: cp.SpawnOptions): Promise<Record<string, string>> {
  await using ctx = new ResourceContext();
  const child = ctx.spawn(process.execPath, print, options);
  let text = "";
  child.stdout?.on("data", (chunk: Buffer) => (text += chunk.toString()));
  await once(child, "close");
  return JSON.parse(text);
}

describe("the mark of a child that ctx.spawn starts", () => {
  it("is one variable more in its environment, and another one for each child", async () => {
    const [first, second] = [await environmentOf({}), await environmentOf({ env: { PORT: "80" } })];
    expect(first[MARK]).toMatch(new RegExp(`^${process.pid}-\\w+-\\d+\\.$`));
    expect(second).toEqual({ PORT: "80", [MARK]: expect.stringMatching(/\.$/) });
    expect(second[MARK]).not.toBe(first[MARK]);
    expect({ ...first, [MARK]: undefined }).toEqual({ ...process.env, [MARK]: undefined });
  });

  it("is left out where the caller sets the variable, also to undefined", async () => {
    expect(await environmentOf({ env: { [MARK]: "mine" } })).toEqual({ [MARK]: "mine" });
    expect(await environmentOf({ env: { PORT: "80", [MARK]: undefined } })).toEqual({ PORT: "80" });
  });

  it("replaces the mark that our own parent gave us, also in a copy of our environment", async () => {
    process.env[MARK] = "of-our-parent.";
    try {
      expect((await environmentOf({}))[MARK]).toContain(`${process.pid}-`);
      expect((await environmentOf({ env: { ...process.env } }))[MARK]).toContain(`${process.pid}-`);
    } finally {
      delete process.env[MARK];
    }
  });

  it("P5 is not there when the reaper is switched off", async () => {
    process.env["RESOURCE_CONTEXT_REAPER"] = "0";
    try {
      expect(await environmentOf({ env: { PORT: "80" } })).toEqual({ PORT: "80" });
    } finally {
      delete process.env["RESOURCE_CONTEXT_REAPER"];
    }
  });

  it("is given inside worker threads as well, by a reaper of their own", async () => {
    const entry = new URL("../../dist/esm/index.js", import.meta.url).href;
    const code = `
      const { parentPort } = require("node:worker_threads");
      import(${JSON.stringify(entry)}).then(async ({ ResourceContext }) => {
        const child = ResourceContext.root.spawn("env");
        for await (const chunk of child.stdout) parentPort.postMessage(String(chunk));
      });`;
    const worker = new Worker(code, { eval: true });
    const [inWorker] = await once(worker, "message");
    await worker.terminate();
    const here = await environmentOf({});
    const nameOf = (text: string | undefined): string | undefined =>
      /\d+-\w+(?=-\d+\.)/.exec(text ?? "")?.[0];
    expect(nameOf(inWorker)).toMatch(/^\d+-/);
    expect(nameOf(inWorker)).not.toBe(nameOf(here[MARK]));
  });
});

describe("the reaper of a program that was killed while it started a child", () => {
  const startMarked = (value: string): cp.ChildProcess =>
    cp.spawn("sh", ["-c", `trap '' TERM; sleep 60; true # ${mark}`], {
      env: { ...process.env, [MARK]: value },
    });

  it("finds the child by its mark, and no other one", async () => {
    const [lost, other] = [startMarked("1-x-1."), startMarked("1-x-12.")];
    await until(() => alive(mark).length >= 2);
    await reap(REAPER_SCRIPT, ["try 1-x-1."]);
    expect(await until(() => lost.signalCode === "SIGKILL")).toBe(true);
    expect(other.signalCode).toBeNull();
  });

  it("looks for none once it was announced or taken back", async () => {
    const child = startMarked("1-x-1.");
    await until(() => alive(mark).length >= 1);
    await reap(REAPER_SCRIPT, ["try 1-x-1.", "end"]);
    await reap(REAPER_SCRIPT, ["try 1-x-1.", `add ${child.pid} -`, `del ${child.pid}`, "end"]);
    expect(child.signalCode).toBeNull();
  });

  it("waits for one that has yet to become the program with the mark", async () => {
    const late = cp.spawn("sh", [
      "-c",
      `sleep 0.5; export ${MARK}=1-x-7.; exec sh -c 'sleep 60; true # ${mark}'`,
    ]);
    await reap(REAPER_SCRIPT, ["try 1-x-7."]);
    expect(await until(() => late.signalCode !== null)).toBe(true);
  });
});

describe("P7 a child that the caller detaches", () => {
  const detached: cp.SpawnOptions = { detached: true, stdio: "ignore" };
  const command = ["sh", ["-c", `sleep 60; true # ${mark}`]] as const;

  it("is not ours by ctx.spawn: not held, not marked", async () => {
    const ctx = new ResourceContext();
    const child = ctx.spawn(command[0], [...command[1]], detached);
    expect(ctx.size).toBe(0);
    await ctx.disposeAsync({ throwErrors: true });
    expect(child.signalCode).toBeNull();
    expect(alive(mark)).not.toHaveLength(0);
    expect(await environmentOf({ detached: true, env: { PORT: "80" } })).toEqual({ PORT: "80" });
  });

  it("is ours when it is adopted", async () => {
    const ctx = new ResourceContext();
    ctx.process(cp.spawn(command[0], [...command[1]], detached));
    await ctx.disposeAsync({ throwErrors: true });
    expect(alive(mark)).toHaveLength(0);
  });
});

it("a reaper that was killed is replaced while children are held", async () => {
  await using ctx = new ResourceContext();
  const reapers = (): number[] =>
    alive("list_marked").filter(
      (pid) =>
        cp
          .execFileSync("ps", ["-o", "ppid=", String(pid)])
          .toString()
          .trim() === String(process.pid),
    );
  ctx.spawn("sleep", ["60"]);
  const [first = 0] = reapers();
  killAll([first]);
  expect(await until(() => reapers().length === 1 && !reapers().includes(first))).toBe(true);
});
