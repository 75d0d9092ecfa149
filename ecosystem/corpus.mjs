// What the command says about whole repositories, and a sample of its verdicts to read by hand:
//   npm run corpus -- list.md --mirrors <folder> [--only <part of a name>] [--sample <file> --size 150 --seed 1]
// The list has a line with `owner/name` and a full commit for each repository, as in a table. List, mirrors and
// sample stay outside of this repository.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { checkOut, mirrorOf } from "./checkout.mjs";
import { aligned } from "./leakbench/table.mjs";
import { draw } from "./sample.mjs";

const cli = fileURLToPath(new URL("../dist/src/cli.js", import.meta.url));
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    mirrors: { type: "string" },
    only: { type: "string" },
    sample: { type: "string" },
    size: { type: "string", default: "150" },
    seed: { type: "string", default: "1" },
  },
});
const [list] = positionals;
if (list === undefined || values.mirrors === undefined)
  throw new Error("Expected: corpus <list of repositories> --mirrors <folder of git mirrors>.");

const work = mkdtempSync(path.join(os.tmpdir(), "corpus-"));
try {
  const runs = repositories().map(runOn);
  const sites = runs.flatMap((run) => run.sites);
  console.log(`${overview(runs)}\n\n${counts(sites)}\n\n${shares(sites)}`);
  if (values.sample !== undefined)
    writeFileSync(values.sample, draw(sites, { size: Number(values.size), seed: Number(values.seed) }));
} finally {
  rmSync(work, { recursive: true, force: true });
}

function repositories() {
  const lines = readFileSync(list, "utf8").matchAll(/^.*?([\w.-]+\/[\w.-]+)[\s|,]+([0-9a-f]{40})\b.*$/gm);
  return [...lines]
    .map(([, name, commit]) => ({ name, commit }))
    .filter(({ name }) => name.includes(values.only ?? ""));
}

function runOn({ name, commit }) {
  const folder = path.join(work, name.replace("/", "__"));
  const mirror = mirrorOf(values.mirrors, name);
  const why = mirror === undefined ? "there is no mirror" : checkOut({ mirror, commit, folder });
  if (why !== null) return { name, note: why, seconds: 0, failed: 0, sites: [] };
  const start = performance.now();
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [cli, ".", "--dry", "--safety", "unsafe", "--reporter", "json"],
    { cwd: folder, encoding: "utf8", maxBuffer: 1e9, timeout: 600_000 },
  );
  const seconds = (performance.now() - start) / 1000;
  if (stdout === "") return { name, note: stderr.slice(0, 300), seconds, failed: 0, sites: [] };
  const { files, summary } = JSON.parse(stdout);
  const sites = files.flatMap((file) =>
    file.findings.map((finding) => siteOf({ name, folder, file, finding })),
  );
  rmSync(folder, { recursive: true, force: true });
  return { name, note: "", seconds, failed: summary.failed, sites };
}

/** A site with the lines around it: the checkout is gone when it is read. */
function siteOf({ name, folder, file, finding }) {
  const lines = readFileSync(path.join(folder, file.path), "utf8").split(/\r?\n/);
  const from = Math.max(0, finding.line - 16);
  const excerpt = lines
    .slice(from, finding.endLine + 25)
    .map((text, i) => `${from + i + 1 === finding.line ? ">" : " "} ${from + i + 1} ${text.slice(0, 160)}`);
  return { repository: name, path: file.path, excerpt, ...finding };
}

function overview(runs) {
  const rows = runs.map(({ name, seconds, failed, sites, note }) => {
    return [name, sites.length, share(sites), failed, seconds.toFixed(1), note];
  });
  return aligned([["repository", "sites", "decided", "failed", "seconds", ""], ...rows]);
}

function counts(sites) {
  const kinds = [...new Set(sites.map(({ kind }) => kind))].sort();
  const verdicts = [...new Set(sites.map(({ verdict }) => verdict))].sort();
  const row = (label, some) => [
    label,
    some.length,
    ...verdicts.map((verdict) => some.filter((one) => one.verdict === verdict).length),
    share(some),
  ];
  return aligned([
    ["kind", "sites", ...verdicts, "decided"],
    ...kinds.map((kind) =>
      row(
        kind,
        sites.filter((site) => site.kind === kind),
      ),
    ),
    row("all", sites),
  ]);
}

function shares(sites) {
  const rewritten = ["safe", "likely", "unsafe"].map((level) => {
    const some = sites.filter((site) => site.action === "rewrite" && site.level === level);
    return `${some.length} ${level}`;
  });
  const unknown = sites.filter(({ verdict }) => verdict === "unknown");
  const reasons = [...new Set(unknown.map(({ reason }) => reason))]
    .map((reason) => [reason, unknown.filter((site) => site.reason === reason).length])
    .sort(([, a], [, b]) => b - a);
  return [
    `verdict other than unknown: ${share(sites)} of ${sites.length} sites`,
    `would be rewritten: ${rewritten.join(", ")}`,
    `unknown because: ${reasons.map(([reason, count]) => `${reason} ${count}`).join(", ") || "-"}`,
  ].join("\n");
}

function share(sites) {
  const decided = sites.filter(({ verdict }) => verdict !== "unknown");
  return `${((100 * decided.length) / (sites.length || 1)).toFixed(1)} %`;
}
