// What the measurements share: places, processes, lanes, and a table.
import * as cp from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

export const program = (name) => fileURLToPath(new URL(`programs/${name}`, import.meta.url));

/** A folder of this run, removed when it ends. */
const folders = [];
process.on("exit", () => folders.forEach((folder) => fs.rmSync(folder, { recursive: true, force: true })));
export function makeFolder() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "bench-runtime-"));
  folders.push(folder);
  return folder;
}

export const median = (values) => quantile(values, 0.5);

export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

/** Runs the jobs, so many at a time, and gives back their results in order. */
export async function inLanes(lanes, jobs) {
  const results = [];
  let next = 0;
  const take = async () => {
    for (let at = next++; at < jobs.length; at = next++) results[at] = await jobs[at]();
  };
  await Promise.all(Array.from({ length: lanes }, take));
  return results;
}

/** Starts a program of this folder; `says` settles at a line of its output, `ended` when it is gone. */
export function start(name, args, { node = process.execPath, env = {} } = {}) {
  const child = cp.spawn(node, [program(name), ...args.map(String)], {
    stdio: ["ignore", "pipe", process.env["BENCH_DEBUG"] ? "inherit" : "ignore"],
    env: { ...process.env, ...env },
  });
  let output = "";
  const waiting = [];
  const look = () => waiting.forEach(({ text, resolve }) => output.includes(text) && resolve());
  child.stdout.on("data", (chunk) => {
    output += chunk;
    look();
  });
  const ended = new Promise((resolve) =>
    child.on("close", (code, signal) => {
      waiting.forEach(({ resolve }) => resolve());
      resolve({ code, signal, output });
    }),
  );
  const says = (text) =>
    new Promise((resolve) => {
      waiting.push({ text, resolve });
      look();
    });
  return { child, ended, says };
}

/** Runs a program that prints one JSON value. */
export async function report(name, args, options) {
  const { output, code, signal } = await start(name, args, options).ended;
  return output === "" ? { failed: `ended with ${code ?? signal}` } : JSON.parse(output);
}

/** The living processes with a word in their environment. */
export function alive(word) {
  return fs
    .readdirSync("/proc")
    .filter((pid) => /^\d+$/.test(pid) && hasWord(pid, word))
    .map(Number);
}

function hasWord(pid, word) {
  try {
    if (!fs.readFileSync(`/proc/${pid}/environ`, "latin1").includes(word)) return false;
    return !/\) [ZX]/.test(fs.readFileSync(`/proc/${pid}/stat`, "latin1"));
  } catch {
    return false; // It ended while we looked, or is another user's.
  }
}

export async function until(isSo, ms) {
  const deadline = performance.now() + ms;
  while (!isSo() && performance.now() < deadline) await sleep(50);
  return isSo();
}

/** A table of Markdown with its columns aligned. */
export function table(columns, rows) {
  const cells = [columns, ...rows.map((row) => row.map(String))];
  const widths = columns.map((_, at) => Math.max(3, ...cells.map((row) => row[at].length)));
  const line = (row) =>
    `| ${row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]) : cell.padStart(widths[at]))).join(" | ")} |`;
  const rule = `| ${widths.map((width, at) => (at === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`)).join(" | ")} |`;
  return [line(columns), rule, ...cells.slice(1).map(line)].join("\n");
}
