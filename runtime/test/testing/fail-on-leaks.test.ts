import { afterEach, describe, expect, it } from "vitest";
import { InvalidArgumentError, ResourceContext, UnknownOptionError } from "../../src/index.js";
import { disableLeakDetection } from "../../src/leaks/index.js";
import { failOnLeaks, type FailOnLeaksOptions, LeakError } from "../../src/testing/index.js";

afterEach(() => void disableLeakDetection());

/** The hooks of a runner, to be run by hand. */
function runner(options: FailOnLeaksOptions = {}) {
  const hooks: (() => void | Promise<void>)[] = [];
  const register = (hook: () => void | Promise<void>): number => hooks.push(hook);
  failOnLeaks({ beforeEach: register, afterEach: register, afterAll: register, grace: 0, ...options });
  const [before, after] = hooks;
  return {
    test: async (body: () => unknown): Promise<unknown> => {
      await before?.();
      await body();
      return Promise.resolve(after?.()).catch((thrown: unknown) => thrown);
    },
  };
}

describe("failOnLeaks", () => {
  it("tells a test by test, not what an earlier one left open", async () => {
    const { test } = runner();
    const context = new ResourceContext({ name: "upload" });
    const error = await test(() => context.defer(() => {}));
    expect(error).toBeInstanceOf(LeakError);
    expect(error).toMatchObject({
      code: "ERR_LEAK",
      report: { resources: [{ kind: "defer", owner: "upload" }] },
    });
    expect(await test(() => {})).toBeUndefined();
    await context.disposeAsync();
  });

  it("counts what belongs to the process as no leak of a test", async () => {
    const { test } = runner();
    expect(await test(() => ResourceContext.root.defer(() => {}))).toBeUndefined();
    await ResourceContext.root.disposeAsync();
  });

  it("looks at contexts only, on request", async () => {
    const timers: NodeJS.Timeout[] = [];
    const leak = (): void => void timers.push(setInterval(() => {}, 60_000));
    expect(await runner({ handles: false }).test(leak)).toBeUndefined();
    expect(String(await runner().test(leak))).toMatch(/timer, from .*fail-on-leaks\.test\.ts/);
    timers.forEach(clearInterval);
  });

  it("gives what is being closed some time", async () => {
    const { test } = runner({ grace: 5_000 });
    const context = new ResourceContext();
    const error = await test(() => {
      context.defer(() => {});
      setTimeout(() => void context.disposeAsync(), 20);
    });
    expect(error).toBeUndefined();
  });

  it("does not count time in which the process stood still", async () => {
    const { test } = runner({ grace: 100 });
    const context = new ResourceContext();
    const error = await test(() => {
      context.defer(() => {});
      setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300), 5);
      setTimeout(() => void context.disposeAsync(), 60);
    });
    expect(error).toBeUndefined();
  });

  it("says what to do where there are no global hooks, and refuses wrong and unknown options", () => {
    expect(() => failOnLeaks()).toThrow('Pass it: import { afterEach, beforeEach } from "node:test"');
    expect(() => failOnLeaks()).toThrow(InvalidArgumentError);
    expect(() => runner({ grace: -1 })).toThrow('"grace" must be a number of milliseconds');
    expect(() => Reflect.apply(runner, undefined, [{ handle: true }])).toThrow(UnknownOptionError);
    expect(() => Reflect.apply(runner, undefined, [{ afterEach: 1 }])).toThrow(
      '"afterEach" must be a function',
    );
  });
});
