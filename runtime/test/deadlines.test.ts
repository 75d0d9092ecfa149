import { describe, expect, it } from "vitest";
import { Deadlines } from "../src/deadlines.js";
import { sleep, until } from "./helpers.js";

const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;

describe("many waits on one timer", () => {
  it("end in the order of their times, whatever the order they came in, and not when they were taken back", async () => {
    const deadlines = new Deadlines();
    const over: number[] = [];
    const add = (ms: number): (() => void) => deadlines.add(ms, () => over.push(ms));
    const takeBack = [120, 40, 300, 41].map(add)[3];
    takeBack?.();
    add(200);
    expect(await until(() => over.length === 4)).toBe(true);
    expect(over).toEqual([40, 120, 200, 300]);
    deadlines.end();
  });

  it("take no more than one timer, and none when they are over", async () => {
    const before = timers();
    const deadlines = new Deadlines();
    for (let count = 0; count < 100; count += 1) deadlines.add(60_000 - count, () => {});
    expect(timers() - before).toBe(1);
    deadlines.end();
    await sleep(1);
    expect(timers() - before).toBe(0);
  });

  it("wait for those that are left when the first ones have come back in time", async () => {
    const deadlines = new Deadlines();
    deadlines.add(30, () => {})();
    const begin = performance.now();
    await new Promise<void>((resolve) => deadlines.add(100, resolve));
    expect(performance.now() - begin).toBeGreaterThan(95);
    deadlines.end();
  });
});
