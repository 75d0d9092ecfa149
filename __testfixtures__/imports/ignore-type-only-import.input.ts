import type { ChildProcess, spawn } from "node:child_process";

export interface Launcher {
  readonly spawn: typeof spawn;
  readonly children: readonly ChildProcess[];
}
