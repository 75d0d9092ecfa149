// Fault injection on real code: the functions that the command rewrites are run, before and after, with an error
// thrown at each call behind the acquisition, one at a time, and what is left behind is counted.
//   npm run faults:real -- <checkout>... [--safety likely] [--only <part of a path>] [--json <file>]
// Modules of Node and the runtime are real; what a project imports besides, and arguments, are stand-ins. The
// checkouts stay outside of this repository.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { applyPatch, parsePatch } from "diff";
import { prepare } from "./faults/sites.mjs";
import { aligned } from "./leakbench/table.mjs";

const cli = fileURLToPath(new URL("../dist/src/cli.js", import.meta.url));
const runner = fileURLToPath(new URL("faults/runner.mjs", import.meta.url));
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    safety: { type: "string", default: "safe" },
    only: { type: "string", default: "" },
    json: { type: "string" },
  },
});
if (positionals.length === 0) throw new Error("Expected: faults:real <checkout of a repository>...");

/** Ways in which the stand-ins behave: one of them gets to the call, or none. */
const moods = [{}, { isVoid: true }, { isEager: true }, { isBare: true }, { isBare: true, isEager: true }];
const work = mkdtempSync(path.join(os.tmpdir(), "faults-"));
let runs = 0;
/** A few runs at a time: most of each is waiting. */
let places = 6;
const waiting = [];

try {
  const sites = positionals.flatMap((folder) => sitesOf(path.resolve(folder)));
  const found = new Map();
  const inOrder = () => sites.flatMap((site) => found.get(site) ?? []);
  await Promise.all(
    sites.map(async (site) => {
      found.set(site, { ...site.shown, ...(await resultOf(site)) });
      // A long run that is ended early leaves what it has.
      if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(inOrder(), null, 2));
    }),
  );
  const results = inOrder();
  report(results);
  process.exitCode = results.some(({ after }) => after > 0) ? 1 : 0;
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** Every site of a checkout that is rewritten, with the text of its file before and after. */
function sitesOf(folder) {
  const patchFile = path.join(work, "changes.patch");
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      cli,
      ".",
      "--dry",
      "--safety",
      values.safety,
      "--format",
      "none",
      "--reporter",
      "json",
      `--patch=${patchFile}`,
    ],
    { cwd: folder, encoding: "utf8", maxBuffer: 1e9 },
  );
  if (stdout === "") throw new Error(`${folder}: ${stderr}`);
  const patches = new Map(parsePatch(readFileSync(patchFile, "utf8")).map((one) => [nameIn(one), one]));
  return JSON.parse(stdout).files.flatMap((file) => {
    const patch = patches.get(file.path);
    if (patch === undefined || file.status !== "would-change" || !file.path.includes(values.only)) return [];
    const before = readFileSync(path.join(folder, file.path), "utf8");
    const after = applyPatch(before, patch);
    return file.findings.filter(isApplied).map((finding) => ({
      file: file.path,
      finding,
      before,
      after,
      shown: {
        where: `${path.basename(folder)} ${file.path}:${finding.line}`,
        api: finding.api,
        fix: finding.fix,
        level: finding.level,
      },
    }));
  });
}

function nameIn({ newFileName }) {
  return newFileName.replace(/^b\//, "");
}

function isApplied({ action, level }) {
  return action === "rewrite" && (level === "safe" || values.safety !== "safe");
}

async function resultOf(site) {
  const prepared = prepare(site);
  if (prepared.why !== undefined) return { why: prepared.why };
  const isWrite = site.finding.fix === "replace";
  if (!isWrite && prepared.points.length === 0)
    return { why: "no call in the function comes after the acquisition" };
  const reached = await (isWrite ? writing(site, prepared) : reachable(site, prepared));
  if (reached.size === 0) return { why: `no mood of the stand-ins gets there (${prepared.last})` };
  const faults = await Promise.all(
    [...reached].map(async ([fault, mood]) => {
      const [before, after] = await Promise.all(
        prepared.code.map((code) => inject({ site, prepared, code, mood, fault })),
      );
      return {
        call: prepared.points[fault] ?? fault,
        before: before.left,
        after: after.left,
        thrown: after.thrown,
      };
    }),
  );
  return {
    calls: isWrite ? 1 : prepared.points.length,
    injections: faults.length,
    before: faults.filter((one) => one.before.length > 0 && one.thrown).length,
    after: faults.filter((one) => one.after.length > 0).length,
    faults,
  };
}

/** Which calls are got to, and with which mood; the first that does is kept. */
async function reachable(site, prepared) {
  const [code] = prepared.code;
  const reached = new Map();
  for (const mood of moods) {
    const run = await inject({ site, prepared, code, mood, fault: -1 });
    if (run.acquired) for (const k of run.reached) if (!reached.has(k)) reached.set(k, mood);
    prepared.last = run.error || (run.acquired ? "it goes another way" : "it was not called");
    if (reached.size === prepared.points.length) break;
  }
  return reached;
}

/** The one fault of a file write: the system refuses it in the middle. */
async function writing(site, prepared) {
  const [code] = prepared.code;
  for (const mood of moods) {
    const run = await inject({ site, prepared, code, mood, fault: -1 });
    if (run.acquired) return new Map([["disk", mood]]);
    prepared.last = run.error || "it was not called";
  }
  return new Map();
}

async function inject({ site, prepared, code, mood, fault }) {
  await turn();
  const id = String(++runs);
  const marker = { name: "RESOURCE_FAULT", value: `${path.basename(work)}-${id}.` };
  const [scratch, results, file] = ["", ".result.json", ".json"].map((end) => path.join(work, id + end));
  mkdirSync(scratch);
  const patience = fault === -1 ? 700 : 2500;
  const { entry } = prepared;
  writeFileSync(
    file,
    JSON.stringify({ code, entry, file: site.file, fault, mood, scratch, results, marker, patience }),
  );
  const node = [process.execPath, "--no-warnings", runner, file];
  const [command, ...args] = fault === "disk" ? ["prlimit", "--fsize=1000000", ...node] : node;
  const env = { ...process.env, MATRIX_PATIENCE: "1000" };
  const child = spawn(command, args, { stdio: "ignore", cwd: scratch, env });
  const timer = setTimeout(() => child.kill("SIGKILL"), 60_000);
  await once(child, "exit");
  clearTimeout(timer);
  const result = existsSync(results)
    ? JSON.parse(readFileSync(results, "utf8"))
    : { acquired: false, reached: [], thrown: false, left: [], error: "the run came to no end" };
  const alive = result.acquired && fault !== -1 ? await survivors(marker) : [];
  killMarked(marker);
  free();
  // What the root owns goes with the program; everything else must be gone before.
  return { ...result, left: site.finding.fix === "root" ? alive : result.left };
}

async function turn() {
  if (places > 0) places -= 1;
  else await new Promise((resolve) => waiting.push(resolve));
}
function free() {
  const next = waiting.shift();
  if (next === undefined) places += 1;
  else next();
}

async function survivors(marker) {
  for (let waited = 0; waited < 1500 && marked(marker).length > 0; waited += 150)
    await new Promise((resolve) => setTimeout(resolve, 150));
  return marked(marker).map(() => "child process");
}

/** The processes that this run started, by the variable in their environment. */
function marked(marker) {
  return readdirSync("/proc").filter((pid) => /^\d+$/.test(pid) && isMarked(pid, marker));
}

function isMarked(pid, marker) {
  try {
    return readFileSync(`/proc/${pid}/environ`, "latin1").includes(`${marker.name}=${marker.value}`);
  } catch (error) {
    if (["ENOENT", "ESRCH", "EACCES"].includes(error.code)) return false;
    throw error;
  }
}

function killMarked(marker) {
  for (const pid of marked(marker)) {
    try {
      process.kill(Number(pid), "SIGKILL");
    } catch (error) {
      if (error.code !== "ESRCH") throw error;
    }
  }
}

function report(results) {
  const ran = results.filter(({ why }) => why === undefined);
  const rows = ran.map(({ where, api, fix, level, calls, injections, before, after }) => {
    return [where, api, `${fix} ${level}`, calls, injections, before, after];
  });
  console.log(
    aligned([["site", "acquires", "fix", "calls", "injected", "leaks before", "leaks after"], ...rows]),
  );
  const telling = ran.filter(({ before }) => before > 0);
  const sum = (key) => telling.reduce((total, one) => total + one[key], 0);
  console.log(
    `\n${telling.length} sites leak before; of ${sum("injections")} injections into them ${sum("before")} leak before, ${sum("after")} after.`,
  );
  console.log(`${ran.length - telling.length} sites ran and leak in neither, so they tell nothing.`);
  const others = results.filter(({ why }) => why !== undefined);
  const whys = [...new Set(others.map(({ why }) => why.replace(/ \(.*/, "")))];
  for (const why of whys)
    console.log(`${others.filter((one) => one.why.startsWith(why)).length} not run: ${why}`);
}
