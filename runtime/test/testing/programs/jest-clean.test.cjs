/* eslint-disable @typescript-eslint/no-require-imports -- a CommonJS test of Jest */
const cp = require("node:child_process");
const { ResourceContext } = require("resource-context");
const { failOnLeaks } = require("resource-context/testing");

failOnLeaks();

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
