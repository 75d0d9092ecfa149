import processes = require("node:child_process");
import type { ExecSyncOptions } from "node:child_process";

function version(options: ExecSyncOptions): string {
  return processes.execSync("git --version", options).toString();
}

export = version;
