// Ten times the files: `--check` cold over some packages, and over ten copies of them, in one run.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { countSources, prepareCorpus } from "./corpus.mjs";
import { measure } from "./measure.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const rounds = Number(process.argv[2] ?? 3);
const corpus = prepareCorpus(path.join(root, "node_modules/.cache/bench"));
/** Servers, clients and tools, without the bundles of the other packages, of which one alone takes seconds. */
const packages = [
  "firebase-tools@14.17.0",
  "npm@11.6.0",
  "eslint@9.36.0",
  "mongodb@6.20.0",
  "@grpc__grpc-js@1.14.0",
  "@puppeteer__browsers@2.10.10",
  "webpack@5.101.3",
  "node-gyp@11.4.2",
];

const place = mkdtempSync(path.join(tmpdir(), "bench-scale-"));
try {
  await compare();
} finally {
  rmSync(place, { recursive: true, force: true });
}

async function compare() {
  const one = copies(1);
  const ten = copies(10);
  const results = { one: [], ten: [] };
  for (let round = 1; round <= rounds; round++) {
    results.one.push(await check(one));
    results.ten.push(await check(ten));
  }
  const ratio = (key) => (median(results.ten, key) / median(results.one, key)).toFixed(2);
  console.log(`${countSources(one)} files, then ${countSources(ten)}; ${rounds} rounds, medians`);
  console.log("| | wall s | CPU s | peak MB |\n| --- | ---: | ---: | ---: |");
  for (const [name, all] of Object.entries(results)) {
    const [wall, cpu, memory] = ["wall", "cpu", "memory"].map((key) => median(all, key));
    console.log(`| ${name} | ${wall.toFixed(2)} | ${cpu.toFixed(2)} | ${memory.toFixed(0)} |`);
  }
  console.log(`| ten / one | ${ratio("wall")} | ${ratio("cpu")} | ${ratio("memory")} |`);
}

function copies(count) {
  const folder = path.join(place, String(count));
  for (let i = 0; i < count; i++)
    for (const name of packages)
      cpSync(path.join(corpus, name), path.join(folder, `copy-${i}`, name), { recursive: true });
  mkdirSync(folder, { recursive: true });
  execFileSync("git", ["init", "-q", folder]);
  return folder;
}

async function check(cwd) {
  const args = [path.join(root, "dist/src/cli.js"), "--check", "--reporter", "json", "--no-cache"];
  const result = await measure({ command: process.execPath, args, cwd });
  if (result.code !== 0 && result.code !== 1) throw new Error(`--check exited with ${result.code}.`);
  return result;
}

function median(all, key) {
  return all.map((one) => one[key]).sort((a, b) => a - b)[Math.floor(all.length / 2)];
}
