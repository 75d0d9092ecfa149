import * as net from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { checkPort, NetworkTimeoutError, waitForPort } from "../../src/network/index.js";
import { listen } from "./support/servers.js";

const servers: net.Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function serve(port?: number): Promise<number> {
  const server = net.createServer((socket) => socket.on("error", () => {}).resume());
  servers.push(server);
  if (port === undefined) return await listen(server);
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return port;
}

/** A port that nobody listens on, for now. */
async function freePort(): Promise<number> {
  const port = await serve();
  await new Promise((resolve) => servers.pop()?.close(resolve));
  return port;
}

describe("a port", () => {
  it("is checked", async () => {
    expect(await checkPort(await serve())).toBe(true);
    expect(await checkPort(await freePort())).toBe(false);
  });

  it("of a host that does not exist is closed", async () => {
    expect(await checkPort(80, { host: "no-such-host.invalid" })).toBe(false);
  });

  it("is waited for", async () => {
    const port = await freePort();
    const waiting = waitForPort(port, { interval: 20 });
    setTimeout(() => void serve(port), 150);
    await waiting;
    expect(await checkPort(port)).toBe(true);
  });

  it("is waited for no longer than asked", async () => {
    const begin = performance.now();
    await expect(waitForPort(await freePort(), { timeout: 150, interval: 20 })).rejects.toBeInstanceOf(
      NetworkTimeoutError,
    );
    expect(performance.now() - begin).toBeLessThan(5_000);
  });

  it("is waited for no longer than the signal allows, with its reason", async () => {
    const port = await freePort();
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error("shutting down")), 50);
    await expect(waitForPort(port, { signal: controller.signal })).rejects.toThrow("shutting down");
    await expect(checkPort(port, { signal: controller.signal })).rejects.toThrow("shutting down");
  });

  it.each([
    ["no port", () => checkPort(0), "ERR_INVALID_ARGUMENT"],
    ["a text", () => checkPort(JSON.parse('"80"')), "ERR_INVALID_ARGUMENT"],
    ["an empty host", () => checkPort(80, { host: "" }), "ERR_INVALID_ARGUMENT"],
    ["a mistyped option", () => waitForPort(80, JSON.parse('{"timout":1}')), "ERR_UNKNOWN_OPTION"],
  ])("that is %s is refused", async (_name, work, code) => {
    await expect(work()).rejects.toMatchObject({ code });
  });
});
