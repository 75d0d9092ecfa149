// Everything that must hold, one step after the other; what CI runs. `npm run check -- lint self` runs some.
import { spawnSync } from "node:child_process";
import { runTests } from "./run-tests.mjs";

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
  ["docs-transforms", ["npx", "tsx", "scripts/transform-pages.ts", "--check"]],
  ["schema", ["npx", "tsx", "scripts/config-schema.ts", "--check"]],
  ["api-pages", ["npm", "run", "docs:api"]],
  ["site", ["npm", "run", "docs:site"]],
  ["api-report", ["node", "scripts/api-report.mjs", "--check"]],
  ["bundle-size", ["node", "scripts/bundle-size.mjs"]],
  ["tests", []],
  ["nodes", ["node", "runtime/test/nodes.mjs"]],
  ["ecosystem", ["node", "ecosystem/run.mjs"]],
  ["self", ["node", "dist/src/cli.js", "--check", "--safety", "likely", "src", "transforms"]],
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => steps.every(([known]) => known !== name));
if (unknown.length > 0)
  throw new Error(`Unknown step "${unknown.join(", ")}". Known: ${steps.map(([name]) => name).join(", ")}.`);

const results = steps
  .filter(([name]) => wanted.length === 0 || wanted.includes(name))
  .map(([name, command]) => run(name, command));
summarise(results);

function run(name, [command, ...args]) {
  console.log(`\n--- ${[name, command, ...args].join(" ")}`);
  const start = performance.now();
  const tests = name === "tests" ? runTests([]) : undefined;
  const ok = tests?.ok ?? spawnSync(command, args, { stdio: "inherit" }).status === 0;
  return { name, ok, tests, seconds: (performance.now() - start) / 1000 };
}

function summarise(all) {
  console.log("\n--- totals");
  for (const { name, ok, seconds } of all)
    console.log(`${ok ? "ok    " : "FAILED"} ${name} (${seconds.toFixed(1)} s)`);
  // The end of a log is what people read first.
  for (const { tests } of all) {
    for (const name of tests?.alone ?? []) console.log(`ALONE    ${name}`);
    for (const name of tests?.names ?? []) console.log(`FAILED   ${name}`);
  }
  const passed = all.map(({ ok, tests }) => tests?.passed ?? (ok ? 1 : 0));
  // A test run that died without a report has failed, whatever it counted.
  const failed = all.map(({ ok, tests }) => (ok ? 0 : Math.max(tests?.failed ?? 1, 1)));
  console.log(`\n${sum(passed)} passed, ${sum(failed)} failed`);
  process.exitCode = all.every((one) => one.ok) ? 0 : 1;
}

function sum(numbers) {
  return numbers.reduce((total, one) => total + one, 0);
}
