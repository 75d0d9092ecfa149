import * as cp from "node:child_process";
import * as fs from "node:fs";

/** One line of the process table. */
export interface ProcessRow {
  readonly pid: number;
  readonly ppid: number;
  readonly group: number;
  /** When it started; together with the pid it names one process for ever. */
  readonly start: string;
  readonly isZombie: boolean;
  /** By SIGSTOP or Ctrl-Z; it acts on no signal but SIGKILL until it goes on. */
  readonly isStopped: boolean;
}

export type ProcessTable = ReadonlyMap<number, ProcessRow>;

/** The processes of this machine, now. */
export function readTable(): ProcessTable {
  return process.platform === "linux" ? readProc() : readPs();
}

/** One process, or undefined when it is gone or this system does not tell cheaply. */
export function readRow(pid: number): ProcessRow | undefined {
  return process.platform === "linux" ? readStat(pid) : undefined;
}

function readProc(): ProcessTable {
  const table = new Map<number, ProcessRow>();
  for (const name of fs.readdirSync("/proc")) {
    const pid = Number(name);
    const row = Number.isInteger(pid) ? readStat(pid) : undefined;
    if (row !== undefined) table.set(pid, row);
  }
  return table;
}

function readStat(pid: number): ProcessRow | undefined {
  try {
    return parseStat(pid, readLine(`/proc/${pid}/stat`));
  } catch {
    return undefined; // It ended between the listing and the reading.
  }
}

let line: Buffer | undefined;

/**
 * The line of a `stat` file. Into the same memory each time: right after a fork, each page that is touched for the first
 * time is copied, which makes `readFileSync` take four times as long.
 */
function readLine(file: string): string {
  line ??= Buffer.alloc(1024);
  const descriptor = fs.openSync(file, "r");
  try {
    return line.toString("latin1", 0, fs.readSync(descriptor, line, 0, line.length, null));
  } finally {
    fs.closeSync(descriptor);
  }
}

/** The name of the program may hold spaces and brackets, so fields are counted from the last bracket. */
function parseStat(pid: number, stat: string): ProcessRow | undefined {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [state, ppid, group] = fields;
  const start = fields[19];
  if (state === undefined || start === undefined) return undefined;
  return { pid, ppid: Number(ppid), group: Number(group), start, ...stateOf(state) };
}

const stateOf = (state: string): { readonly isZombie: boolean; readonly isStopped: boolean } => ({
  isZombie: /^[ZX]/.test(state),
  isStopped: state.startsWith("T"),
});

const PS_LINE = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/;

function readPs(): ProcessTable {
  const listing = cp.spawnSync("ps", ["-A", "-o", "pid=,ppid=,pgid=,stat=,lstart="], { encoding: "utf8" });
  return parsePs(listing.stdout ?? "");
}

/** Exported for its test, which runs where `ps` is not the source. */
export function parsePs(listing: string): ProcessTable {
  const table = new Map<number, ProcessRow>();
  for (const line of listing.split("\n")) {
    const [, pid, ppid, group, state, start] = PS_LINE.exec(line) ?? [];
    if (pid === undefined || state === undefined || start === undefined) continue;
    const row = {
      ppid: Number(ppid),
      group: Number(group),
      start: start.trim(),
      ...stateOf(state),
    };
    table.set(Number(pid), { pid: Number(pid), ...row });
  }
  return table;
}
