import { ResourceContext } from "resource-context";
import { failOnLeaks } from "resource-context/testing";
import { afterAll, afterEach, beforeEach, describe, it } from "vitest";

failOnLeaks({ beforeEach, afterEach, afterAll });

function startServer() {
  const context = new ResourceContext({ name: "server" });
  return context.adopt({ port: 80, password: "hunter2" }, () => {});
}

describe("a server", () => {
  it("leaves its context open", () => {
    startServer();
  });

  it("leaves a timer running that no context knows", () => {
    globalThis.beat = setInterval(() => {}, 60_000);
  });

  it("releases what it opens", async () => {
    clearInterval(globalThis.beat);
    await ResourceContext.run((ctx) => ctx.defer(() => {}));
  });
});
