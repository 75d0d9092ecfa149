import { execFileSync, spawnSync, type SpawnSyncReturns } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { git } from "../support/project.js";

const top = join(import.meta.dirname, "../..");
let copy = "";

/** The repository as it is, in a place of its own. */
beforeAll(() => {
  copy = realpathSync(mkdtempSync(join(tmpdir(), "scaffold-")));
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: top,
    encoding: "utf8",
  });
  for (const file of listed.split("\0").filter((one) => one !== "" && !one.startsWith("runtime/"))) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(top, file), join(copy, file));
  }
  for (const folder of ["node_modules", "runtime"]) symlinkSync(join(top, folder), join(copy, folder));
  git(copy, "init", "-q");
  git(copy, "add", "-A", "-f", "--", ".", ":!node_modules", ":!runtime");
  git(copy, "commit", "-q", "-m", "start");
}, 60_000);
afterAll(() => rmSync(copy, { recursive: true, force: true }));

const node = (...args: readonly string[]): SpawnSyncReturns<string> =>
  spawnSync(process.execPath, args, { cwd: copy, encoding: "utf8" });
const scaffold = (...args: readonly string[]): SpawnSyncReturns<string> =>
  node("--import", "tsx", "scripts/new-resource.ts", ...args);
const touched = (): readonly string[] =>
  git(copy, "status", "--porcelain", "-uall", "--", ".", ":!node_modules", ":!runtime")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.slice(3));

describe("npm run new-resource", () => {
  it.each([
    [[], /Usage: npm run new-resource/],
    [["gates"], /Usage/],
    [["gates#Pool", "--kind", "sever"], /unknown value "sever"\. Did you mean server\?/],
    [["pg#Pool", "--construct"], /pg#Pool is in the catalogue already/],
  ])("%j is refused, and nothing is written", (args, message) => {
    const { status, stderr } = scaffold(...args);
    expect(stderr).toMatch(message);
    expect(status).toBe(2);
    expect(touched()).toEqual([]);
  });

  it("adds a resource without touching anything but catalogue, fixtures and docs", () => {
    const once = scaffold("parcel-gates#openGate", "--promise", "--kind", "server", "--async");
    expect({ status: once.status, stderr: once.stderr }).toEqual({ status: 0, stderr: "" });
    const twice = scaffold(
      "parcel-gates#Pool",
      "--construct",
      "--kind",
      "pool",
      "--release",
      "end",
      "--twice",
    );
    expect({ status: twice.status, stderr: twice.stderr }).toEqual({ status: 0, stderr: "" });
    expect(touched()).toEqual([
      "docs/resources.md",
      "docs/resources/pool.md",
      "docs/resources/server.md",
      "src/catalogue/index.ts",
      "__testfixtures__/ambient/parcel-gates-open-gate.d.ts",
      "__testfixtures__/ambient/parcel-gates-pool.d.ts",
      "__testfixtures__/clients/leave-released-in-finally-parcel-gates-pool.input.ts",
      "__testfixtures__/clients/parcel-gates-pool-released-only-on-success.input.ts",
      "__testfixtures__/clients/parcel-gates-pool-released-only-on-success.output.ts",
      "__testfixtures__/servers/leave-released-in-finally-parcel-gates-open-gate.input.ts",
      "__testfixtures__/servers/parcel-gates-open-gate-released-only-on-success.input.ts",
      "__testfixtures__/servers/parcel-gates-open-gate-released-only-on-success.output.ts",
      "src/catalogue/packages/parcel-gates-open-gate.ts",
      "src/catalogue/packages/parcel-gates-pool.ts",
    ]);
    expect(readFileSync(join(copy, "docs/resources/pool.md"), "utf8")).toContain("`parcel-gates#Pool`");
  });

  it("what it wrote compiles, is formatted, and passes the rules for fixtures and their tests", () => {
    const vitest = join(top, "node_modules/vitest/vitest.mjs");
    const prettier = join(top, "node_modules/prettier/bin/prettier.cjs");
    const tsc = join(top, "node_modules/typescript/bin/tsc");
    const results = [
      node(prettier, "--check", ...touched()),
      node(tsc, "-p", "tsconfig.build.json", "--noEmit"),
      node(
        vitest,
        "run",
        "--project",
        "codemod",
        "test/fixtures.test.ts",
        "-t",
        "parcel-gates|all fixtures together",
      ),
      node("--import", "tsx", "scripts/resource-pages.ts", "--check"),
    ];
    expect(results.map(({ status, stdout, stderr }) => (status === 0 ? "passes" : stdout + stderr))).toEqual([
      "passes",
      "passes",
      "passes",
      "passes",
    ]);
  }, 180_000);
});
