import { type ChildProcess, exec } from "node:child_process";
import { promisify } from "node:util";
import { ResourceContext } from "resource-context";

export const version = promisify(exec);

export function log(command: string, done: () => void): ChildProcess["pid"] {
  const child: ChildProcess = ResourceContext.root.spawn(command);
  child.on("close", done);
  return child.pid;
}
