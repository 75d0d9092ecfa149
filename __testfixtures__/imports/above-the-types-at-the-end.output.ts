import { spawn } from "node:child_process";
import net from "node:net";
import { ResourceContext } from "resource-context";
import type { Log } from "../../shared";

export function run(log: Log): void {
  const child = ResourceContext.root.process(spawn("worker", []));
  child.on("close", (code) => log(`${code} ${net.isIP("")}`));
}
