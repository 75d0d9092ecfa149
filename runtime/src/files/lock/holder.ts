import * as fs from "node:fs";
import * as os from "node:os";
import { isDead, thisProcess } from "../../atomic-write/identity.js";
import { read } from "../../duck.js";

/** Who holds a lock. A pid alone says little: pids are used again, and every container has a pid 1. */
export interface Holder {
  readonly pid: number;
  /** When the process was started, in ticks since the machine was. */
  readonly start: string;
  /** Hash of host and pid namespace: inside it the pid can be asked for. */
  readonly realm: string;
  readonly host: string;
  /** Changes each time the machine is started. */
  readonly boot: string;
  /** The network namespace, in which gates are known. */
  readonly network: string;
}

let ours: Holder | undefined;

export function thisHolder(): Holder {
  return (ours ??= {
    ...thisProcess(),
    host: os.hostname(),
    boot: readLinux(() => fs.readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()),
    network: readLinux(() => fs.readlinkSync("/proc/self/ns/net")),
  });
}

/** Understands what another process has written, or answers `undefined`. */
export function readHolder(text: string): Holder | undefined {
  const value = parse(text);
  const pid = read(value, "pid");
  if (typeof pid !== "number" || !Number.isInteger(pid) || pid <= 0) return undefined;
  const [start, realm, host, boot, network] = ["start", "realm", "host", "boot", "network"].map((key) =>
    String(read(value, key) ?? ""),
  );
  return {
    pid,
    start: start ?? "0",
    realm: realm ?? "",
    host: host ?? "",
    boot: boot ?? "",
    network: network ?? "",
  };
}

export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // half written, or not ours
  }
}

/** Whether the process certainly is no more. In doubt it lives: a lock is never taken from it. */
export function isGone(holder: Holder): boolean {
  const me = thisHolder();
  // The same machine, started anew since.
  if (holder.boot !== me.boot) return holder.host === me.host && holder.boot !== "" && me.boot !== "";
  return holder.realm === me.realm && isDead(holder);
}

/** Whether the process certainly lives, which only a process in our own pid namespace can be known to. */
export function isHere(holder: Holder): boolean {
  const me = thisHolder();
  return holder.boot === me.boot && holder.realm === me.realm && !isDead(holder);
}

function readLinux(text: () => string): string {
  if (process.platform !== "linux") return "";
  try {
    return text();
  } catch {
    return ""; // /proc is not mounted
  }
}
