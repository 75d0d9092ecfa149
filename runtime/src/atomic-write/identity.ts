import * as fs from "node:fs";
import * as os from "node:os";

/** Who owns a temp. A pid alone is not enough: pids are used again, and every container has a pid 1. */
export interface Owner {
  readonly pid: number;
  /** Clock ticks from boot to the start of the process; "0" where /proc does not tell. */
  readonly start: string;
  /** A hash of host and pid namespace: only inside it does the pid mean anything to us. */
  readonly realm: string;
}

let ours: Owner | undefined;

export function thisProcess(): Owner {
  return (ours ??= { pid: process.pid, start: startOf(process.pid) ?? "0", realm: realm() });
}

/** Whether the process certainly is no more. In doubt it lives. */
export function isDead({ pid, start }: Owner): boolean {
  if (!exists(pid)) return true;
  const now = startOf(pid);
  return now !== undefined && start !== "0" && now !== start;
}

/** FNV-1a: short, stable, and no reason to load node:crypto. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const byte of Buffer.from(text)) value = Math.imul(value ^ byte, 0x01000193);
  return value >>> 0;
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: somebody else's process, so it exists.
    return !(error instanceof Error && "code" in error && error.code === "ESRCH");
  }
}

/** A zombie counts as gone: "Z" is no start time, so it matches none. */
function startOf(pid: number): string | undefined {
  const text = readProc(() => fs.readFileSync(`/proc/${pid}/stat`, "latin1"));
  // The command name is in parentheses and may contain anything, so fields count from the last ")".
  const fields = text?.slice(text.lastIndexOf(")") + 2).split(" ");
  if (fields?.[0] === "Z" || fields?.[0] === "X") return "Z";
  return fields?.[19] === undefined ? undefined : Number(fields[19]).toString(36);
}

function realm(): string {
  const namespace = readProc(() => fs.readlinkSync("/proc/self/ns/pid")) ?? "";
  return hash(os.hostname() + namespace)
    .toString(36)
    .padStart(7, "0");
}

function readProc(read: () => string): string | undefined {
  if (process.platform !== "linux") return undefined;
  try {
    return read();
  } catch {
    return undefined; // /proc is not mounted or hides this process
  }
}
