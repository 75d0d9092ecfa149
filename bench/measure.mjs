// Runs one command as a whole process tree and says what it took.
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/**
 * @param {{ command: string, args: readonly string[], cwd: string }} job
 * @returns {Promise<{ wall: number, cpu: number, memory: number, code: number | null }>} seconds, seconds, megabytes
 */
export async function measure({ command, args, cwd }) {
  const start = performance.now();
  // `times` of the shell counts every descendant that was waited for.
  const script = '"$@" >/dev/null 2>&1; code=$?; times; exit $code';
  const child = spawn("bash", ["-c", script, "bash", command, ...args], {
    cwd,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let peak = 0;
  const sampler = setInterval(() => (peak = Math.max(peak, residentMemory(child.pid))), 25);
  let output = "";
  child.stdout.on("data", (chunk) => (output += chunk));
  const code = await new Promise((resolve) => child.on("close", resolve));
  clearInterval(sampler);
  return { wall: (performance.now() - start) / 1000, cpu: childSeconds(output), memory: peak / 1024, code };
}

/** The second line of `times`: user and system time of the children, as `0m1.230s 0m0.450s`. */
function childSeconds(output) {
  const line = output.trim().split("\n").at(-1) ?? "";
  return [...line.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds),
    0,
  );
}

/** Kilobytes in memory, over the process and all its descendants. */
function residentMemory(root) {
  const parents = new Map();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const stat = read(`/proc/${name}/stat`);
    if (stat !== "") parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]));
  }
  const isBelow = (pid) => pid === root || (parents.has(pid) && isBelow(parents.get(pid)));
  return [...parents.keys()]
    .filter(isBelow)
    .reduce((sum, pid) => sum + Number(/VmRSS:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0), 0);
}

/** A process may end between being listed and being read. */
function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
