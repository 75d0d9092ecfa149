import * as cp from "node:child_process";
import { type ChildProcess, exec } from "node:child_process";
import { promisify } from "node:util";

export const version = promisify(exec);

export function log(command: string, done: () => void): ChildProcess["pid"] {
  const child: ChildProcess = cp.spawn(command);
  child.on("close", done);
  return child.pid;
}
