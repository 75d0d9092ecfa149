import * as fs from "node:fs";
import * as path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { ensureBuilt } from "../helpers.js";
import { cannotUnshare, isLong, makePlace, program, run, says, type Run } from "./support.js";

beforeAll(ensureBuilt, 120_000);

// The way for file systems where a socket does not tell whether its process lives: a note, with flock where it can be
// had. There is no such file system here, so the programs take this way directly.

const hide = (...commands: readonly string[]): string =>
  commands.map((command) => `mount --bind /dev/null "$(readlink -f "$(command -v ${command})")"; `).join("");

const shells: Readonly<Record<string, string>> = {
  "flock of util-linux": "",
  "flock by perl": hide("flock"),
  "no tool at all": hide("flock", "perl"),
};

function inShell(setup: string, ...args: readonly string[]): Run {
  const command = [process.execPath, program("behind-gate.mjs"), ...args];
  if (setup === "") return run("setpriv", "--pdeathsig", "KILL", ...command);
  return run("unshare", "--mount", "sh", "-c", `${setup} exec "$@"`, "sh", ...command);
}

const makeFile = (): string => {
  const file = path.join(makePlace(), "data.txt");
  fs.writeFileSync(file, "0");
  return file;
};

describe.each(Object.entries(shells))("a note, with %s", (_, setup) => {
  const reason = setup === "" ? undefined : cannotUnshare();

  test("L1 L6 keeps out another process, which hears who holds the lock", async (context) => {
    if (reason !== undefined) return context.skip(reason);
    const file = makeFile();
    const holder = inShell(setup, file, "hold");
    await says(holder, "held");
    expect((await inShell(setup, file, "try", "300").ended).output).toBe(
      `ERR_LOCK_TIMEOUT ${holder.child.pid}\n`,
    );
    holder.child.kill("SIGKILL");
    await holder.ended;
    expect((await inShell(setup, file, "try", "30000").ended).output).toBe("locked\n");
    expect(fs.readdirSync(path.dirname(file))).toEqual(["data.txt"]);
  });

  test("L5 loses no update, while holders die with the lock in their hands", async (context) => {
    if (reason !== undefined) return context.skip(reason);
    const file = makeFile();
    const [counters, times, deaths] = isLong ? [20, 20, 50] : [3, 5, 4];
    const counting = Array.from(
      { length: counters },
      () => inShell(setup, file, "count", String(times)).ended,
    );
    const dying = Array.from({ length: deaths }, () => inShell(setup, file, "die").ended);
    for (const { signal, output } of await Promise.all(dying))
      expect({ signal, output }).toEqual({ signal: "SIGKILL", output: "" });
    for (const { code, output } of await Promise.all(counting))
      expect({ code, output }).toEqual({ code: 0, output: "" });
    expect(fs.readFileSync(file, "utf8")).toBe(String(counters * times + deaths));
    expect((await inShell(setup, file, "try", "30000").ended).output).toBe("locked\n");
    expect(fs.readdirSync(path.dirname(file))).toEqual(["data.txt"]);
  }, 900_000);
});

describe("a note between two containers", () => {
  const isolated = ["--net", "--pid", "--fork", "--mount-proc", "--uts", "--kill-child"];
  const inContainer = (...args: readonly string[]): Run =>
    run("unshare", ...isolated, process.execPath, program("behind-gate.mjs"), ...args);

  test("keeps one out, and is free when the other is killed", async (context) => {
    const reason = cannotUnshare();
    if (reason !== undefined) return context.skip(reason);
    const file = makeFile();
    const holder = inContainer(file, "hold");
    await says(holder, "held");
    expect((await inContainer(file, "try", "500").ended).output).toContain("ERR_LOCK_TIMEOUT");
    holder.child.kill("SIGKILL");
    expect((await inContainer(file, "try", "30000").ended).output).toBe("locked\n");
  });

  test("of which one has no tool is kept by both", async (context) => {
    const reason = cannotUnshare();
    if (reason !== undefined) return context.skip(reason);
    const file = makeFile();
    const bare = run(
      "unshare",
      ...isolated,
      "--mount",
      "sh",
      "-c",
      `${hide("flock", "perl")} exec "$@"`,
      "sh",
      ...[process.execPath, program("behind-gate.mjs"), file, "hold"],
    );
    await says(bare, "held");
    expect((await inContainer(file, "try", "500").ended).output).toContain("ERR_LOCK_TIMEOUT");
    bare.child.kill("SIGKILL");
    await bare.ended;
  });
});
