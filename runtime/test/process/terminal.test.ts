import * as cp from "node:child_process";
import * as fs from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { alive, ensureBuilt, killAll, newMark, program, until } from "../helpers.js";

beforeAll(ensureBuilt, 120_000);
afterAll(() => killAll(alive(`mark-${process.pid}-`)));

const CTRL_C = "\x03";
const CTRL_Z = "\x1a";

/** Runs a command line in a terminal of its own: what is typed goes to whoever is in its foreground. */
function inTerminal(line: string) {
  const env = { ...process.env, TERM: "dumb", HISTFILE: "" };
  const terminal = cp.spawn("script", ["-qec", line, "/dev/null"], { env });
  let screen = "";
  terminal.stdout.on("data", (chunk: Buffer) => (screen += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => terminal.on("close", resolve));
  return {
    ended,
    type: (keys: string) => terminal.stdin.write(keys),
    shows: async (text: string) => {
      const isShown = await until(() => screen.includes(text), 20_000);
      expect(isShown, `"${text}" on the screen:\n${screen}`).toBe(true);
    },
    screen: () => screen,
    close: () => {
      terminal.stdin.end();
      terminal.kill("SIGKILL");
    },
  };
}

/** In place of the shell that runs it: a shell that waits for it would die of Ctrl-C itself, whatever the program does. */
const inPlace = (command: string): string => `exec ${command}`;
const commandOf = (name: string, mark: string): string =>
  `${process.execPath} ${program("terminal.mjs")} ${name} ${mark}`;

/** Nothing for a process that has just ended. */
function readProc(pid: number, file: "cmdline" | "stat"): string {
  try {
    return fs.readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}

const stateOf = (pid: number): string => /\) (\S)/.exec(readProc(pid, "stat"))?.[1] ?? "";
/** Our programs with the mark; not `script` nor a shell, whose command lines have it as well. */
const nodes = (mark: string): number[] =>
  alive(mark).filter((pid) => readProc(pid, "cmdline").startsWith(process.execPath));

describe("in a terminal", { concurrent: true }, () => {
  it("a child that inherits it reads what is typed", async () => {
    const mark = newMark();
    const terminal = inTerminal(inPlace(commandOf("reads", mark)));
    await terminal.shows("ready");
    terminal.type("hello\n");
    await terminal.shows("got: hello");
    await terminal.shows("over");
    expect(await terminal.ended).toBe(0);
  });

  it("Ctrl-C ends a child that inherits it, and us", async () => {
    const mark = newMark();
    const terminal = inTerminal(inPlace(commandOf("reads", mark)));
    await terminal.shows("ready");
    terminal.type(CTRL_C);
    expect(await terminal.ended).toBe(130);
    expect(terminal.screen()).not.toContain("got:");
    expect(await until(() => alive(mark).length === 0)).toBe(true);
  });

  it("an interrupt is no success, also where the child is gone and the work done before it reaches us", async () => {
    const terminal = inTerminal(inPlace(commandOf("late", newMark())));
    expect(await terminal.ended).toBe(130);
    expect(terminal.screen()).toContain("over");
  });

  it("a child that interrupts itself alone does not change how we end", async () => {
    const terminal = inTerminal(inPlace(commandOf("selfish", newMark())));
    await terminal.shows("over");
    expect(await terminal.ended).toBe(0);
  });

  it("Ctrl-C reaches every child once, and is what ends it, also in a group of its own", async () => {
    const mark = newMark();
    const terminal = inTerminal(inPlace(commandOf("held", mark)));
    await terminal.shows("ready");
    terminal.type(CTRL_C);
    expect(await terminal.ended).toBe(130);
    expect(
      terminal
        .screen()
        .match(/(apart|shared) SIG\w+/g)
        ?.sort(),
    ).toEqual(["apart SIGINT", "shared SIGINT"]);
    expect(await until(() => alive(mark).length === 0)).toBe(true);
  });

  it("Ctrl-C also means children in their own group where the program itself takes care of it", async () => {
    const mark = newMark();
    const terminal = inTerminal(inPlace(commandOf("host", mark)));
    await terminal.shows("ready");
    terminal.type(CTRL_C);
    expect(await terminal.ended).toBe(5);
    expect(terminal.screen()).toContain("host");
    expect(
      terminal
        .screen()
        .match(/(apart|shared) SIG\w+/g)
        ?.sort(),
    ).toEqual(["apart SIGINT", "shared SIGINT"]);
  });

  it("a signal that comes from elsewhere is handed on to every child", async () => {
    for (const signal of ["SIGHUP", "SIGTERM"] as const) {
      const mark = newMark();
      const running = cp.spawn(process.execPath, [program("terminal.mjs"), "held", mark]);
      let text = "";
      running.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
      await until(() => text.includes("ready"));
      running.kill(signal);
      expect(await until(() => running.signalCode === signal)).toBe(true);
      await until(() => (text.match(/SIG\w+/g) ?? []).length === 2);
      expect(text.match(/(apart|shared) SIG\w+/g)?.sort()).toEqual([`apart ${signal}`, `shared ${signal}`]);
    }
  });

  it("Ctrl-Z stops all of them, fg lets them go on, Ctrl-C then ends them", async () => {
    const mark = newMark();
    const terminal = inTerminal("bash --norc --noprofile -i");
    await terminal.shows("bash-");
    terminal.type(`${commandOf("held", mark)}\n`);
    await terminal.shows("ready");
    const all = nodes(mark);
    expect(all).toHaveLength(3);
    terminal.type(CTRL_Z);
    expect(await until(() => all.every((pid) => stateOf(pid) === "T"))).toBe(true);
    await terminal.shows("Stopped");
    terminal.type("fg\n");
    expect(await until(() => all.every((pid) => stateOf(pid) !== "T"))).toBe(true);
    terminal.type(CTRL_C);
    expect(await until(() => nodes(mark).length === 0)).toBe(true);
    terminal.close();
  });

  it("a program that is ended while it is stopped takes its stopped children with it", async () => {
    const mark = newMark();
    const terminal = inTerminal("bash --norc --noprofile -i");
    await terminal.shows("bash-");
    terminal.type(`${commandOf("held", mark)}\n`);
    await terminal.shows("ready");
    const all = nodes(mark);
    terminal.type(CTRL_Z);
    expect(await until(() => all.every((pid) => stateOf(pid) === "T"))).toBe(true);
    terminal.type("kill %1\n");
    expect(await until(() => nodes(mark).length === 0)).toBe(true);
    terminal.close();
  });
});

describe("without a terminal", () => {
  it("Ctrl-Z is left alone: no listener for it is installed", async () => {
    const code = `
      import(${JSON.stringify(new URL("../../dist/esm/index.js", import.meta.url).href)}).then(({ ResourceContext }) => {
        const child = ResourceContext.root.spawn("sleep", ["5"], { stdio: "ignore" });
        console.log(process.listenerCount("SIGTSTP"), process.listenerCount("SIGINT"));
        process.exit();
      });`;
    const output = cp.execFileSync("setsid", ["-w", process.execPath, "-e", code], { encoding: "utf8" });
    expect(output).toBe("0 1\n");
  });
});
