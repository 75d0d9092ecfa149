// Runs the tests of the runtime under the newer Nodes, and a smoke test under the oldest one we support:
// node runtime/test/nodes.mjs [--all] [version ...]
// Without --all, the suites whose outcome depends on the Node: signals, exits, children, temporary files, sockets, test
// runners, random programs. They take some minutes. Behind --all is what asks the operating system rather than Node (locks,
// crashes in the middle of writes, storms of kills, terminals) or takes long and needs no Node of its own (compilers,
// examples, the comparison with the native stacks, which starts the newer Nodes itself).
import * as cp from "node:child_process";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { runTests } from "../../scripts/run-tests.mjs";
import { nodeBinary } from "./other-nodes.mjs";

const FULL = ["24", "26"];
const SMOKE = ["18.0.0", "18.18.2"];
const root = fileURLToPath(new URL("../..", import.meta.url));

/** First on the path, for programs that are started by name. */
function environmentOf(binary) {
  return { ...process.env, PATH: `${path.dirname(binary)}${path.delimiter}${process.env.PATH}` };
}

function run(binary, args) {
  return cp.spawnSync(binary, args, { cwd: root, stdio: "inherit", env: environmentOf(binary) }).status === 0;
}

function testWith(binary, filters) {
  const args = ["--project", "runtime", ...filters];
  const { ok, names, alone } = runTests(args, { binary, env: environmentOf(binary) });
  for (const name of alone) process.stdout.write(`ALONE    ${name}\n`);
  for (const name of names) process.stdout.write(`FAILED   ${name}\n`);
  return ok;
}

/** Filters for the names of test files. */
const SHORT = [
  "acquiring",
  "adopting",
  "bad-input",
  "children",
  "context",
  "endings",
  "entries",
  "events",
  "exits",
  "handles",
  "managed-resource",
  "manager",
  "package",
  "partial-files",
  "settings",
  "signals",
  "test/temp.test",
  "test/model",
  "test/testing",
  "test/process.test",
  "test/process/subprocess",
  "test/network",
  "test/files/inside",
  "test/files/safe",
];

const vitest = path.join(root, "node_modules", "vitest", "vitest.mjs");
const filters = process.argv.includes("--all") ? [] : SHORT;
const programs = path.join(root, "runtime", "test", "programs");
const runners = new Map([
  ...FULL.map((version) => [version, (binary) => testWith(binary, filters)]),
  ...SMOKE.map((version) => [
    version,
    (binary) => ["smoke.mjs", "smoke.cjs"].every((name) => run(binary, [path.join(programs, name)])),
  ]),
]);

const build = cp.spawnSync("npm", ["run", "build"], {
  cwd: path.join(root, "runtime"),
  stdio: "inherit",
  shell: true,
});
// All compilers, once: they do not depend on the Node that runs them.
const full = { ...process.env, RUNTIME_TESTS: "full" };
const typesTest = [vitest, "run", "--project", "runtime", "test/types.test.ts"];
const types = cp.spawnSync(process.execPath, typesTest, { cwd: root, stdio: "inherit", env: full });
const asked = process.argv.slice(2).filter((one) => !one.startsWith("--"));
const results = [...runners]
  .filter(([version]) => asked.length === 0 || asked.includes(version))
  .map(([version, runWith]) => {
    const binary = nodeBinary(version);
    if (binary === undefined) return { version, result: "could not be installed" };
    return { version, result: runWith(binary) ? "passed" : "failed" };
  });
for (const { version, result } of results) process.stdout.write(`Node ${version}: ${result}\n`);
const isGood = build.status === 0 && types.status === 0;
process.exitCode = isGood && results.every(({ result }) => result === "passed") ? 0 : 1;
