import * as cp from "node:child_process";
import { afterEach, beforeEach, describe, it } from "node:test";
import { ResourceContext } from "resource-context";
import { failOnLeaks } from "resource-context/testing";

failOnLeaks({ beforeEach, afterEach });

const whole = new ResourceContext({ name: "file" });
whole.defer(() => {});
ResourceContext.root.defer(() => {});

describe("a client", () => {
  let context;
  afterEach(() => context.disposeAsync());

  it("is released by a hook", () => {
    context = new ResourceContext();
    context.timer(setInterval(() => {}, 60_000));
    context.process(cp.spawn("sleep", ["30"]));
  });

  it("is closed a moment after the test", () => {
    context = new ResourceContext();
    const timer = setInterval(() => {}, 60_000);
    setTimeout(() => clearInterval(timer), 20);
  });
});
