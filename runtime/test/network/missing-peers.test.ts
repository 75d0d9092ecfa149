import * as cp from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensureBuilt, runtimeFolder } from "../helpers.js";

const run = promisify(cp.execFile);
const project = fs.mkdtempSync(path.join(os.tmpdir(), "resource-context-"));

// A project that has this package and nothing else.
beforeAll(async () => {
  await ensureBuilt();
  const folder = path.join(project, "node_modules", "resource-context");
  fs.cpSync(path.join(runtimeFolder, "dist"), path.join(folder, "dist"), { recursive: true });
  fs.copyFileSync(path.join(runtimeFolder, "package.json"), path.join(folder, "package.json"));
}, 120_000);
afterAll(() => fs.rmSync(project, { recursive: true, force: true }));

const uses = [
  ["a WebSocket", "ws", `new network.ManagedWebSocketConnection("ws://127.0.0.1:1").initialize()`],
  [
    "a server of WebSockets",
    "ws",
    `new network.ManagedWebSocketServer({ port: 0, handler() {} }).initialize()`,
  ],
  ["an HTTP client", "undici", `new network.ManagedHTTPClient().request("http://127.0.0.1:1")`],
] as const;
const ways = [
  ["ESM", "module", `const network = await import("resource-context/network");`],
  ["CommonJS", "commonjs", `const network = require("resource-context/network");`],
] as const;

describe.each(ways)("without its peers, in %s", (_way, kind, load) => {
  it.each(uses)("%s says that %s is missing, and what to do", async (_name, peer, use) => {
    const code = `${load} ${use}.catch((error) => console.log(error.code, "|", error.message));`;
    const { stdout } = await run(process.execPath, [`--input-type=${kind}`, "-e", code], { cwd: project });
    expect(stdout).toContain("ERR_MISSING_PEER | ");
    expect(stdout).toContain(`npm install ${peer}`);
  });

  it("loads, and does what needs none", async () => {
    const use = `network.checkPort(1).then((isOpen) => console.log(typeof isOpen));`;
    const { stdout } = await run(process.execPath, [`--input-type=${kind}`, "-e", `${load} ${use}`], {
      cwd: project,
    });
    expect(stdout).toBe("boolean\n");
  });
});
