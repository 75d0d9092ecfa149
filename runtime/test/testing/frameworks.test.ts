import * as cp from "node:child_process";
import * as path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { ensureBuilt, runtimeFolder } from "../helpers.js";

const folder = path.join(runtimeFolder, "test/testing/programs");
const installed = (file: string): string => path.join(runtimeFolder, "../node_modules", file);
const jestConfig = JSON.stringify({
  rootDir: folder,
  testEnvironment: "node",
  transform: {},
  testMatch: ["**/*.cjs"],
});

/** How each runner runs one file of a name, and how its files are called. */
const RUNNERS = {
  "node:test": {
    // Without a terminal, newer Nodes print in another form than older ones, unless one is named.
    args: (name: string) => ["--test", "--test-reporter=tap", `node-${name}.mjs`],
    file: "node-leaking.mjs",
  },
  Vitest: {
    args: (name: string) => [
      ...[installed("vitest/vitest.mjs"), "run", "--root", folder, "--config", "vitest.config.mjs"],
      `vitest-${name}`,
    ],
    file: "vitest-leaking.test.mjs",
  },
  Jest: {
    args: (name: string) => [installed("jest/bin/jest.js"), "--config", jestConfig, `jest-${name}`],
    file: "jest-leaking.test.cjs",
  },
} as const;

interface Ended {
  readonly status: number | null;
  readonly output: string;
}

function run(args: readonly string[]): Promise<Ended> {
  // Without the variables of the Vitest that runs this.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(VITEST|JEST|NODE_TEST)/.test(name)),
  );
  return new Promise((resolve) => {
    const child = cp.spawn(process.execPath, args, {
      cwd: folder,
      env: { ...env, NO_COLOR: "1", FORCE_COLOR: "0" },
    });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.on("close", (status) => resolve({ status, output }));
  });
}

beforeAll(ensureBuilt, 120_000);

describe.each(Object.entries(RUNNERS))("failOnLeaks in %s", (_name, { args, file }) => {
  it("makes exactly the tests fail that leak, and names what they left open and where it was opened", async () => {
    const { status, output } = await run(args("leaking"));
    expect(status).toBe(1);
    const place = (line: string): RegExp => new RegExp(`${line}${file.replaceAll(".", "\\.")}:\\d+:\\d+`);
    expect(output).toMatch(/This test left a resource open/);
    expect(output).toMatch(place('Object, held by "server" for \\d+ ms, from .*'));
    expect(output).toContain("(startServer)");
    expect(output).toMatch(place("timer, from .*"));
    expect(output).toMatch(/# fail 2|2 failed/);
    expect(output).toMatch(/# pass 1|1 passed/);
    expect(output).not.toContain("hunter2");
  });

  it("leaves tests alone that release what they open, in a hook or a moment later", async () => {
    const { status, output } = await run(args("clean"));
    expect(output).toMatch(/# pass 2|2 passed/);
    expect(status).toBe(0);
  });
});
