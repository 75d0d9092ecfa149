// Runs Vitest. Test files that failed run once more, one after the other: tests of real processes and signals share two
// cores with others, and one that passes alone failed for want of a machine. It is named in the totals all the same.
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const vitest = path.join(root, "node_modules", "vitest", "vitest.mjs");
/** More than that is no matter of load. */
const mostFiles = 5;

/** @returns {{ ok: boolean, passed: number, failed: number, names: string[], alone: string[] }} */
export function runTests(args, { binary = process.execPath, env = process.env } = {}) {
  const first = runOnce(args, { binary, env });
  const files = first.failures.map((one) => one.file);
  if (first.ok || files.length === 0 || new Set(files).size > mostFiles) return summaryOf(first, []);
  console.log(`\n--- once more, alone: ${[...new Set(files)].join(" ")}`);
  const project = args.includes("--project") ? args.slice(args.indexOf("--project")).slice(0, 2) : [];
  const second = runOnce([...project, "--no-file-parallelism", ...new Set(files)], { binary, env });
  const still = new Set(second.failures.map((one) => one.name));
  const alone = second.isWhole ? first.failures.filter((one) => !still.has(one.name)) : [];
  const failures = second.isWhole ? second.failures : first.failures;
  const failed = failures.length;
  return summaryOf(
    { ...first, ok: second.ok, passed: first.passed + first.failed - failed, failed, failures },
    alone,
  );
}

function summaryOf({ ok, passed, failed, failures }, alone) {
  const named = ({ name, error }) => `${name}\n    ${error}`;
  return { ok, passed, failed, names: failures.map(named), alone: alone.map(named) };
}

function runOnce(args, { binary, env }) {
  const totals = path.join(root, "node_modules", ".cache", `test-totals-${process.pid}.json`);
  rmSync(totals, { force: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${totals}`];
  const { status } = spawnSync(binary, [vitest, "run", ...reporters, ...args], {
    cwd: root,
    stdio: "inherit",
    env,
  });
  try {
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(totals, "utf8"));
    const failures = testResults.flatMap(failuresOf);
    return { ok: status === 0, isWhole: true, passed: numPassedTests, failed: numFailedTests, failures };
  } catch (error) {
    console.error(`The test run left no totals: ${error}`);
    return { ok: false, isWhole: false, passed: 0, failed: 0, failures: [] };
  } finally {
    rmSync(totals, { force: true });
  }
}

/** Each failed test with the first line of its error; a file that could not be loaded counts as one. */
function failuresOf({ name, status, message, assertionResults }) {
  const file = path.relative(root, name);
  const failed = assertionResults.filter((one) => one.status === "failed");
  if (failed.length === 0 && status === "failed") return [{ file, name: file, error: firstLine(message) }];
  return failed.map((one) => ({
    file,
    name: `${file} > ${one.fullName}`,
    error: firstLine(one.failureMessages[0] ?? ""),
  }));
}

function firstLine(text) {
  return text.split("\n", 1)[0].slice(0, 300);
}
