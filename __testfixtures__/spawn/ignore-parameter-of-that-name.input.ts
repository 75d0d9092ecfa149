import { constants } from "node:os";
import type { spawn as Spawn } from "node:child_process";

export function start(spawn: typeof Spawn, port: number): void {
  spawn("serve", ["-l", String(port)]).on("close", () => console.log(constants.signals.SIGTERM));
}
