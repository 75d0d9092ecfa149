// Everything that must hold, one step after the other; what CI runs. `npm run check -- lint self` runs some.
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import path from "node:path";

const totals = "node_modules/.cache/test-totals.json";
const vitest = [
  "npx",
  "vitest",
  "run",
  "--reporter=default",
  "--reporter=json",
  `--outputFile.json=${totals}`,
];

/** @type {readonly (readonly [string, readonly string[]])[]} */
const steps = [
  ["build", ["npm", "run", "build"]],
  ["format", ["npx", "prettier", "--check", "."]],
  ["lint", ["npx", "eslint", "."]],
  ["typecheck", ["npx", "tsc", "-p", "tsconfig.json"]],
  ["typecheck-runtime", ["npx", "tsc", "-p", "runtime/tsconfig.json"]],
  ["unused", ["npx", "knip"]],
  ["packages", ["node", "scripts/check-packages.mjs"]],
  ["fixtures", ["npx", "tsx", "scripts/check-fixtures.ts"]],
  ["docs", ["npx", "tsx", "scripts/reasons-page.ts", "--check"]],
  ["api-pages", ["npx", "typedoc", "--out", "node_modules/.cache/api-pages"]],
  ["api-report", ["node", "scripts/api-report.mjs", "--check"]],
  ["bundle-size", ["node", "scripts/bundle-size.mjs"]],
  ["tests", vitest],
  ["nodes", ["node", "runtime/test/nodes.mjs"]],
  ["ecosystem", ["node", "ecosystem/run.mjs"]],
  ["self", ["node", "dist/src/cli.js", "--check", "--safety", "likely", "src", "transforms"]],
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => steps.every(([known]) => known !== name));
if (unknown.length > 0)
  throw new Error(`Unknown step "${unknown.join(", ")}". Known: ${steps.map(([name]) => name).join(", ")}.`);

rmSync(totals, { force: true });
const results = steps
  .filter(([name]) => wanted.length === 0 || wanted.includes(name))
  .map(([name, command]) => run(name, command));
summarise(results);

function run(name, [command, ...args]) {
  console.log(`\n--- ${name}: ${[command, ...args].join(" ")}`);
  const start = performance.now();
  const { status } = spawnSync(command, args, { stdio: "inherit" });
  return { name, ok: status === 0, seconds: (performance.now() - start) / 1000 };
}

function summarise(all) {
  console.log("\n--- totals");
  for (const { name, ok, seconds } of all)
    console.log(`${ok ? "ok    " : "FAILED"} ${name} (${seconds.toFixed(1)} s)`);
  const tests = testTotals(all);
  for (const name of tests.names) console.log(`FAILED   ${name}`);
  const failed = tests.failed + all.filter((one) => !one.ok && one.name !== "tests").length;
  // A test run that died without a report has failed, whatever it counted.
  const isLost = all.some((one) => one.name === "tests" && !one.ok) && tests.failed === 0;
  console.log(
    `\n${tests.passed + all.filter((one) => one.ok && one.name !== "tests").length} passed, ${failed + (isLost ? 1 : 0)} failed`,
  );
  process.exitCode = all.every((one) => one.ok) ? 0 : 1;
}

function testTotals(all) {
  if (all.every((one) => one.name !== "tests")) return { passed: 0, failed: 0, names: [] };
  try {
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(totals, "utf8"));
    return { passed: numPassedTests, failed: numFailedTests, names: failedNames(testResults) };
  } catch (error) {
    console.error(`The test run left no totals: ${error}`);
    return { passed: 0, failed: 0, names: [] };
  }
}

/** Each failed test with the first line of its error: the end of a log is what people read first. */
function failedNames(files) {
  return files.flatMap(({ name, message, assertionResults }) => {
    const file = path.relative(".", name);
    const failed = assertionResults.filter((one) => one.status === "failed");
    if (failed.length === 0 && message) return [`${file}\n    ${firstLine(message)}`];
    return failed.map((one) => `${file} > ${one.fullName}\n    ${firstLine(one.failureMessages[0] ?? "")}`);
  });
}

function firstLine(text) {
  return text.split("\n", 1)[0].slice(0, 300);
}
