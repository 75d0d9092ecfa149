import * as cp from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { ensureBuilt, program, runtimeFolder, start } from "./helpers.js";

const run = promisify(cp.execFile);
const tool = (name: string): string => path.join(runtimeFolder, "..", "node_modules", ".bin", name);

beforeAll(ensureBuilt, 120_000);

describe("the package", () => {
  it("is well formed by publint and has the right types for every way to import it", async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "resource-context-"));
    // Without scripts: a build now would pull the programs of other tests out from under them.
    const pack = ["pack", "--ignore-scripts", "--silent", "--pack-destination", folder];
    const tarball = path.join(folder, (await run("npm", pack, { cwd: runtimeFolder })).stdout.trim());
    const publint = await run(tool("publint"), [tarball, "--strict"]);
    expect(publint.stdout).toContain("All good");
    const attw = await run(tool("attw"), [tarball, "--format=ascii", "--no-color"]);
    expect(attw.stdout).toContain("No problems found");
    fs.rmSync(folder, { recursive: true });
  });

  it("works as ESM and as CommonJS", async () => {
    const esm = await start("smoke.mjs").ended;
    expect(esm).toMatchObject({ code: 0, stderr: "", stdout: "esm ok\n" });
    const cjs = await run(process.execPath, [program("smoke.cjs")]);
    expect(cjs).toEqual({ stdout: "cjs ok\n", stderr: "" });
  });

  it("keeps one root when the module registry of a test is reset", async () => {
    const first = await import("../src/index.js");
    vi.resetModules();
    const second = await import("../src/index.js");
    expect(second.ResourceContext).not.toBe(first.ResourceContext);
    expect(second.ResourceContext.root).toBe(first.ResourceContext.root);
  });
});

describe("a process that holds a child", () => {
  it("ends when its work is done, with no handle of ours and nobody holding its output", async () => {
    const { code, stdout, stderr, ms } = await start("quiet.mjs").ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toBe("active \nreapers 1\n");
    expect(ms).toBeLessThan(20_000);
  });

  it("goes without the reaper on request", async () => {
    const { stdout } = await start("quiet.mjs", "off").ended;
    expect(stdout).toContain("reapers 0");
    const env = { ...process.env, RESOURCE_CONTEXT_REAPER: "0" };
    const byEnvironment = await run(process.execPath, [program("quiet.mjs")], { env });
    expect(byEnvironment.stdout).toContain("reapers 0");
  });
});
