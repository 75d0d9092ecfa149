import * as diagnostics from "node:diagnostics_channel";
import { afterEach, describe, expect, it } from "vitest";
import { HealthMonitor, type HealthReport } from "../src/index.js";
import type { Health } from "../src/index.js";
import { sleep, until } from "./helpers.js";

const monitors: HealthMonitor[] = [];
const monitor = (options?: ConstructorParameters<typeof HealthMonitor>[0]): HealthMonitor => {
  const made = new HealthMonitor(options);
  monitors.push(made);
  return made;
};
afterEach(() => {
  for (const one of monitors.splice(0)) one.stop();
});

/** A resource that is as it is told to be. */
function patient(status: Health["status"] = "ok"): {
  status: Health["status"];
  checks: number;
  health(): Health;
} {
  return {
    status,
    checks: 0,
    health() {
      this.checks += 1;
      return { status: this.status };
    },
  };
}

describe("a health monitor", () => {
  it("tells how each resource is, by name", async () => {
    const looking = monitor();
    looking.watch({ kind: "pool", name: "orders", health: () => ({ status: "ok", detail: "3 open" }) });
    looking.watch(patient("degraded"), { name: "mail" });
    looking.watch(patient("failed"));
    expect(looking.status()).toEqual([]);
    const reports = await looking.check();
    expect(reports).toMatchObject([
      { kind: "pool", name: "orders", status: "ok", detail: "3 open", failures: 0 },
      { kind: "resource", name: "mail", status: "degraded", failures: 0 },
      { kind: "resource", name: "resource 1", status: "failed", failures: 1 },
    ]);
    expect(looking.status()).toEqual(reports);
  });

  it.each([
    [
      "throws",
      () => {
        throw new RangeError("secret");
      },
      "the check threw RangeError",
    ],
    [
      "rejects",
      () => Promise.reject(Object.assign(new Error("secret"), { code: "ECONNRESET" })),
      "the check threw ECONNRESET",
    ],
    ["never answers", () => new Promise<Health>(() => {}), "the check took longer than 50 ms"],
    ["answers with something else", () => JSON.parse('{"status":"fine"}'), "the check gave no status"],
  ])("counts a check that %s as failed, without its text", async (_name, health, detail) => {
    const looking = monitor({ timeout: 50 });
    looking.watch({ health });
    expect(await looking.check()).toMatchObject([{ status: "failed", detail }]);
  });

  it("does not ask again what has not answered yet", async () => {
    const looking = monitor({ timeout: 20 });
    let asked = 0;
    looking.watch({ health: () => new Promise<Health>(() => (asked += 1)) });
    for (let round = 0; round < 3; round += 1) await looking.check();
    expect(asked).toBe(1);
    expect(looking.status()[0]?.failures).toBe(3);
  });

  it("looks again and again until it is stopped", async () => {
    const looking = monitor({ interval: 10 });
    const one = patient();
    looking.watch(one);
    looking.start().start();
    expect(await until(() => one.checks >= 3)).toBe(true);
    looking.stop();
    const { checks } = one;
    await sleep(60);
    expect(one.checks).toBeLessThanOrEqual(checks + 1);
  });

  it("looks no more at what is no longer watched", async () => {
    const looking = monitor();
    const one = patient();
    const unwatch = looking.watch(one);
    unwatch();
    expect(await looking.check()).toEqual([]);
    expect(one.checks).toBe(0);
  });

  it("does not keep the process alive", () => {
    const count = (): number => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
    const before = count();
    monitor({ interval: 60_000 }).start();
    expect(count()).toBe(before);
  });
});

describe("restarting", () => {
  it("is done after three failures in a row, and not before", async () => {
    const looking = monitor({ interval: 10 });
    const one = patient("failed");
    const restarts: (HealthReport & { readonly checks: number })[] = [];
    looking.watch(one, {
      name: "worker",
      restart: (report) => {
        restarts.push({ ...report, checks: one.checks });
        one.status = "ok";
      },
    });
    looking.start();
    expect(await until(() => restarts.length === 1)).toBe(true);
    expect(restarts).toMatchObject([{ name: "worker", status: "failed", failures: 3, checks: 3 }]);
    await until(() => one.checks >= 8);
    expect(restarts).toHaveLength(1);
  });

  it("is not done when a good check comes between", async () => {
    const looking = monitor({ interval: 5, failures: 2 });
    let [checks, restarts] = [0, 0];
    const health = (): Health => ({ status: (checks += 1) % 2 === 0 ? "ok" : "failed" });
    looking.watch({ health }, { restart: () => (restarts += 1) });
    looking.start();
    expect(await until(() => checks > 8)).toBe(true);
    expect(restarts).toBe(0);
  });

  it("is done once at a time, and again when it did not help or failed", async () => {
    const looking = monitor({ interval: 5, failures: 1 });
    let [running, most, calls] = [0, 0, 0];
    const restart = async (): Promise<void> => {
      most = Math.max(most, (running += 1));
      calls += 1;
      await sleep(30);
      running -= 1;
      throw new Error("still broken");
    };
    looking.watch(patient("failed"), { restart });
    looking.start();
    expect(await until(() => calls >= 3)).toBe(true);
    expect(most).toBe(1);
  });

  it("is not begun any more once the monitor was stopped", async () => {
    const looking = monitor({ interval: 5, failures: 1 });
    let restarts = 0;
    const answers: ((health: Health) => void)[] = [];
    let isAsked = false;
    const health = (): Promise<Health> =>
      new Promise((resolve) => {
        answers.push(resolve);
        isAsked = true;
      });
    looking.watch({ health }, { restart: () => (restarts += 1) });
    looking.start();
    expect(await until(() => isAsked)).toBe(true);
    looking.stop();
    for (const answer of answers) answer({ status: "failed" });
    await sleep(30);
    expect(restarts).toBe(0);
  });
});

describe("the channels", () => {
  it("tell each result, and each restart", async () => {
    const told: unknown[] = [];
    const listen = (message: unknown): void => void told.push(message);
    for (const name of ["resource:health", "resource:restart"]) diagnostics.subscribe(name, listen);
    const looking = monitor({ interval: 5, failures: 1 });
    looking.watch(
      { kind: "pool", name: "orders", health: () => ({ status: "failed", detail: "empty" }) },
      { restart: () => {} },
    );
    looking.start();
    expect(await until(() => told.length >= 2)).toBe(true);
    looking.stop();
    for (const name of ["resource:health", "resource:restart"]) diagnostics.unsubscribe(name, listen);
    expect(told.slice(0, 2)).toEqual([
      { kind: "pool", name: "orders", status: "failed", detail: "empty" },
      { kind: "pool", name: "orders", attempt: 1, delay: 0, error: "empty" },
    ]);
  });
});

describe("bad input", () => {
  it.each([
    ["an interval that is no time", () => new HealthMonitor({ interval: -1 }), "ERR_INVALID_ARGUMENT"],
    ["no failures", () => new HealthMonitor({ failures: 0 }), "ERR_INVALID_ARGUMENT"],
    ["a mistyped option", () => new HealthMonitor(JSON.parse('{"intervall":1}')), "ERR_UNKNOWN_OPTION"],
    ["a resource without health", () => new HealthMonitor().watch(JSON.parse("{}")), "ERR_INVALID_ARGUMENT"],
    [
      "a hook that is none",
      () => new HealthMonitor().watch(patient(), JSON.parse('{"restart":1}')),
      "ERR_INVALID_ARGUMENT",
    ],
  ])("is refused: %s", (_name, make, code) => {
    expect(make).toThrow(expect.objectContaining({ code }));
  });
});
