import { spawn } from "node:child_process";

declare function treeKillSync(pid: number | undefined): void;

export function serve(port: string, done: () => void): void {
  const child = spawn("serve", [port], { shell: true });
  process.on("exit", () => treeKillSync(child.pid));
  child.on("exit", done);
  process.once("SIGINT", () => process.exit(130));
}
