import { spawn } from "node:child_process";
import net from "node:net";
import type { Writable } from "node:stream";

export function run(log: Writable): void {
  const child = spawn("worker", []);
  child.on("close", (code) => log.write(`${code} ${net.isIP("")}`));
}
