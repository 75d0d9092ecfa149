import { spawn } from "node:child_process";
import net from "node:net";
import { ResourceContext } from "resource-context";
import type { Writable } from "node:stream";

export function run(log: Writable): void {
  const child = ResourceContext.root.process(spawn("worker", []));
  child.on("close", (code) => log.write(`${code} ${net.isIP("")}`));
}
