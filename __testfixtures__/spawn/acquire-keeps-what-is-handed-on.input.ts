import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

export async function startServer(port: number): Promise<ChildProcess> {
  const child = spawn("serve", [String(port)]);
  await once(child, "spawn");
  return child;
}
