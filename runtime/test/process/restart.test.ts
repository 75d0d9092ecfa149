import { describe, expect, it } from "vitest";
import { expectRestart, RestartBudget } from "../../src/process/restart.js";

const without = (): number => 1; // No jitter: the whole wait.
const waits = (budget: RestartBudget, times: readonly number[], uptime = 0): (number | undefined)[] =>
  times.map((time) => budget.next(time, uptime));

describe("a restart budget", () => {
  it("allows 3 restarts in 5 s, and another one when the first is longer ago", () => {
    const budget = new RestartBudget(expectRestart({}), without);
    expect(waits(budget, [0, 1_000, 2_000, 4_999])).toEqual([100, 200, 400, undefined]);
    expect(waits(budget, [5_001])).toEqual([800]);
    expect(budget.total).toBe(4);
  });

  it("doubles the wait up to 30 s", () => {
    const budget = new RestartBudget(expectRestart({}), without);
    const times = Array.from({ length: 11 }, (_, count) => count * 10_000);
    expect(waits(budget, times).slice(-4)).toEqual([12_800, 25_600, 30_000, 30_000]);
  });

  it("begins anew after 60 s of running", () => {
    const budget = new RestartBudget(expectRestart({}), without);
    expect(waits(budget, [0, 10_000, 20_000])).toEqual([100, 200, 400]);
    expect(budget.next(80_000, 59_999)).toBe(800);
    expect(budget.next(150_000, 60_000)).toBe(100);
  });

  it("takes away up to half of the wait at random", () => {
    const budget = (random: number) => new RestartBudget(expectRestart({}), () => random);
    expect([budget(0).next(0, 0), budget(0.5).next(0, 0), budget(1).next(0, 0)]).toEqual([50, 75, 100]);
  });

  it("may allow none", () => {
    expect(new RestartBudget(expectRestart({ max: 0 })).next(0, 0)).toBeUndefined();
  });
});
