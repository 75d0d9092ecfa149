// `--check` cold over thousands of real files, side by side with ast-grep and jscodeshift in one run.
// Figures are ratios of medians: seconds do not carry over from one machine to another.
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { countSources, prepareCorpus } from "./corpus.mjs";
import { measure } from "./measure.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const rounds = Number(process.argv[2] ?? 3);
const corpus = prepareCorpus(path.join(root, "node_modules/.cache/bench"));
const cache = mkdtempSync(path.join(tmpdir(), "bench-cache-"));
const require = createRequire(import.meta.url);

const jobs = {
  "resource-codemod --check": {
    command: process.execPath,
    args: [path.join(root, "dist/src/cli.js"), "--check", "--reporter", "json", "--no-cache"],
    cwd: corpus,
  },
  // The first round fills the cache, and does not count.
  "the same, nothing changed": {
    command: process.execPath,
    args: [path.join(root, "dist/src/cli.js"), "--check", "--reporter", "json", "--cache-location", cache],
    cwd: corpus,
  },
  "ast-grep scan": {
    command: astGrep(),
    args: [
      "scan",
      "--rule",
      path.join(root, "bench/acquisitions.yml"),
      "--json=stream",
      "--no-ignore",
      "hidden",
    ],
    cwd: corpus,
  },
  "jscodeshift --dry": {
    command: process.execPath,
    args: [
      require.resolve("jscodeshift/bin/jscodeshift.js"),
      "--dry",
      "--silent",
      "--parser=tsx",
      "--extensions=ts,tsx,mts,cts,js,jsx,mjs,cjs",
      "-t",
      path.join(root, "bench/jscodeshift-transform.cjs"),
      ".",
    ],
    cwd: corpus,
  },
};

await measure(jobs["the same, nothing changed"]);
const results = Object.fromEntries(Object.keys(jobs).map((name) => [name, []]));
for (let round = 1; round <= rounds; round++)
  for (const [name, job] of Object.entries(jobs)) {
    const result = await measure(job);
    results[name].push(result);
    console.error(
      `round ${round}: ${name}: ${result.wall.toFixed(1)} s, CPU ${result.cpu.toFixed(1)} s, ${result.memory.toFixed(0)} MB`,
    );
  }
rmSync(cache, { recursive: true, force: true });
report();

function astGrep() {
  const folder = path.dirname(
    require.resolve(
      `@ast-grep/cli-${process.platform}-${process.arch}${process.platform === "linux" ? "-gnu" : ""}/package.json`,
    ),
  );
  return path.join(folder, "ast-grep");
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function report() {
  const figure = (name, key) => median(results[name].map((one) => one[key]));
  const own = "resource-codemod --check";
  console.log(`${countSources(corpus)} source files, ${rounds} rounds, medians\n`);
  console.log(
    "| command | wall s | CPU s | peak MB | wall, ours = 1 | CPU, ours = 1 |\n| --- | ---: | ---: | ---: | ---: | ---: |",
  );
  for (const name of Object.keys(jobs)) {
    const [wall, cpu, memory] = ["wall", "cpu", "memory"].map((key) => figure(name, key));
    const ratio = (key) => (figure(name, key) / figure(own, key)).toFixed(2);
    console.log(
      `| ${name} | ${wall.toFixed(2)} | ${cpu.toFixed(2)} | ${memory.toFixed(0)} | ${ratio("wall")} | ${ratio("cpu")} |`,
    );
  }
  const codes = results[own].map((one) => one.code);
  if (codes.some((code) => code !== 0 && code !== 1))
    throw new Error(`resource-codemod exited with ${codes.join(", ")}: its figures mean nothing.`);
}
