// Runs the command over real leaks that maintainers fixed, each in its project as it was before the fix:
//   npm run leakbench -- leaks.csv --mirrors <folder> [--only id,id] [--alone] [--verbose] [--json <file>]
// With --alone only the file is looked at, not its package: faster, and wrappers in other files are not known.
// The table (id, repo, prefix_sha, path, line, kind, function_shape, ownership, scope, fixable) and the mirrors
// (git directories named owner/name, owner+name or owner__name) stay outside of this repository.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { checkOut, mirrorOf } from "./checkout.mjs";
import { judge } from "./leakbench/judge.mjs";
import { aligned, parseCsv } from "./leakbench/table.mjs";

const outcomes = ["fixed", "fixed-wider", "rightly-left", "left", "wrong", "not-found", "failed", "not-run"];
const cli = fileURLToPath(new URL("../dist/src/cli.js", import.meta.url));
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    mirrors: { type: "string" },
    only: { type: "string" },
    alone: { type: "boolean" },
    json: { type: "string" },
    verbose: { type: "boolean" },
  },
});
const [table] = positionals;
if (table === undefined || values.mirrors === undefined)
  throw new Error("Expected: leakbench <table.csv> --mirrors <folder of git mirrors>.");

const wanted = values.only?.split(",");
const rows = parseCsv(readFileSync(table, "utf8")).filter(({ id }) => wanted?.includes(id) ?? true);
const work = mkdtempSync(path.join(os.tmpdir(), "leakbench-"));
try {
  const results = rows.map((row) => ({ row, ...resultOf(row) }));
  if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(results, null, 2));
  report(results);
  process.exitCode = results.some(({ row, outcome }) => row.id.startsWith("N") && outcome === "wrong")
    ? 1
    : 0;
} finally {
  rmSync(work, { recursive: true, force: true });
}

function resultOf(row) {
  const mirror = mirrorOf(values.mirrors, row.repo);
  if (mirror === undefined) return { outcome: "not-run", why: `no mirror of ${row.repo}` };
  const folder = path.join(work, row.id);
  const why = checkOut({ mirror, commit: row.prefix_sha, folder });
  if (why !== null) return { outcome: "not-run", why };
  try {
    return judged(row, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    rmSync(`${folder}.index`, { force: true });
  }
}

/** The whole package is looked at, so that wrappers in other files are known; the file is named, so that a test counts. */
function judged(row, folder) {
  const around = values.alone === true ? [] : [packageOf(row.path, folder)];
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [cli, ...around, row.path, "--dry", "--safety", "unsafe", "--reporter", "json"],
    { cwd: folder, encoding: "utf8", maxBuffer: 1e9, timeout: 300_000 },
  );
  if (stdout === "") return { outcome: "not-run", why: `no report: ${stderr.slice(0, 500)}` };
  const file = JSON.parse(stdout).files.find((one) => one.path === row.path);
  if (file?.status === "failed")
    return { outcome: "failed", why: `${file.error.stage}: ${file.error.message}` };
  return { ...judge(row, file?.findings ?? []), others: (file?.findings ?? []).map(siteOf) };
}

function packageOf(file, folder) {
  const above = path.dirname(file);
  return above === "." || existsSync(path.join(folder, above, "package.json"))
    ? above
    : packageOf(above, folder);
}

function siteOf({ line, kind, api, verdict, action, reason, level }) {
  return `${line} ${kind} ${api} ${verdict} ${action === "rewrite" ? `rewrite (${level})` : reason}`;
}

function report(results) {
  const leaks = results.filter(({ row }) => !row.id.startsWith("N"));
  const negatives = results.filter(({ row }) => row.id.startsWith("N"));
  console.log(`${byColumn(leaks, "kind")}\n\n${byColumn(leaks, "scope")}\n\n${byColumn(leaks, "fixable")}\n`);
  const misses = results.filter(({ outcome }) => !isGood(outcome));
  if (misses.length > 0) console.log(`Misses:\n${misses.map(line).join("\n")}\n`);
  if (values.verbose)
    console.log(
      `The rest:\n${results
        .filter((one) => isGood(one.outcome))
        .map(line)
        .join("\n")}\n`,
    );
  console.log(summary(leaks, negatives));
}

function isGood(outcome) {
  return ["fixed", "rightly-left", "untouched"].includes(outcome);
}

function byColumn(results, column) {
  const groups = [...new Set(results.map(({ row }) => row[column]))].sort();
  const counts = (some) => outcomes.map((outcome) => some.filter((one) => one.outcome === outcome).length);
  return aligned([
    [column, "rows", ...outcomes],
    ...groups.map((group) => {
      const some = results.filter(({ row }) => row[column] === group);
      return [group, some.length, ...counts(some)];
    }),
    ["all", results.length, ...counts(results)],
  ]);
}

function line({ row, outcome, finding, why, others }) {
  const said = finding
    ? `${finding.line}: ${finding.api} ${finding.verdict}, ${finding.action} ${finding.reason ?? `${finding.fix} (${finding.level})`}: ${finding.message}`
    : (why ?? `no finding near; in the file: ${others?.join("; ") || "none"}`);
  return `  ${row.id} ${outcome}: ${row.repo} ${row.path}:${row.line} (${row.kind}; ${row.scope}; ${row.fixable})\n      ${said}`;
}

function summary(leaks, negatives) {
  const ran = leaks.filter(({ outcome }) => outcome !== "not-run");
  const found = ran.filter(({ outcome }) => !["not-found", "failed"].includes(outcome));
  const marked = ran.filter(({ row }) => row.fixable !== "no");
  const cured = marked.filter(({ outcome }) => ["fixed", "rightly-left"].includes(outcome));
  const share = (part, whole) =>
    `${part.length} of ${whole.length} (${((100 * part.length) / (whole.length || 1)).toFixed(1)} %)`;
  const wrong = negatives.filter(({ outcome }) => outcome === "wrong");
  return [
    `found ${share(found, ran)}`,
    `fixed or rightly left, of those marked fixable (yes, partly): ${share(cured, marked)}`,
    `  of them fixable "yes": ${share(
      cured.filter(({ row }) => row.fixable === "yes"),
      marked.filter(({ row }) => row.fixable === "yes"),
    )}`,
    `negatives rewritten: ${share(wrong, negatives)}`,
    `could not be run: ${leaks.length - ran.length + negatives.filter(({ outcome }) => outcome === "not-run").length}`,
  ].join("\n");
}
