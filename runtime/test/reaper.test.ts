import * as cp from "node:child_process";
import { once } from "node:events";
import { afterEach, describe, expect, it } from "vitest";
import { REAPER_SCRIPT } from "../src/process/reaper-script.js";
import { readRow } from "../src/process/table.js";
import { reap } from "./process/reap.js";
import { alive, killAll, newMark, program, until } from "./helpers.js";

const mark = newMark();
afterEach(() => killAll(alive(mark)));

// What it does where there is no /proc.
const WITHOUT_PROC = REAPER_SCRIPT.replace("/proc/self/stat", "/there/is/none");

async function started(kind: string): Promise<cp.ChildProcess> {
  const command = [program("child.mjs"), mark, kind];
  const child = cp.spawn(process.execPath, command, { stdio: ["ignore", "pipe", "ignore"] });
  await once(child.stdout, "data");
  return child;
}

describe.each([
  ["/proc", REAPER_SCRIPT],
  ["ps", WITHOUT_PROC],
])("the reaper, by %s", (source, script) => {
  const startOf = (child: cp.ChildProcess): string =>
    source === "ps" ? "-" : (readRow(child.pid ?? 0)?.start ?? "unknown");

  it("ends what it was told of, with all descendants, also what ignores SIGTERM", async () => {
    const family = await started("family");
    const stubborn = await started("stubborn");
    const lines = [family, stubborn].map((child) => `add ${child.pid} ${startOf(child)}`);
    expect(await reap(script, lines)).toBe("");
    expect(await until(() => alive(mark).length === 0)).toBe(true);
  });

  it("reads when it is woken what it was told by then, and the rest at the end", async () => {
    const [first, second, third] = [await started("plain"), await started("plain"), await started("plain")];
    const lines = [first, second, third].map((child) => `add ${child.pid} ${startOf(child)}`);
    expect(await reap(script, [...lines, `del ${second.pid}`], ["1", "2"])).toBe("");
    expect(await until(() => alive(mark).length === 1)).toBe(true);
    expect(alive(mark)).toEqual([second.pid]);
  });

  it("leaves alone what was taken back", async () => {
    const child = await started("plain");
    expect(await reap(script, [`add ${child.pid} ${startOf(child)}`, `del ${child.pid}`])).toBe("");
    expect(alive(mark)).toHaveLength(1);
  });
});

it("the reaper does not take a stranger with the pid of a child of ours for that child", async () => {
  const child = await started("plain");
  expect(await reap(REAPER_SCRIPT, [`add ${child.pid} 12345`])).toBe("");
  expect(alive(mark)).toHaveLength(1);
});
