import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { ResourceContext } from "resource-context";

export async function startServer(port: number): Promise<ChildProcess> {
  await using ctx = new ResourceContext();
  const child = ctx.process(spawn("serve", [String(port)]));
  await once(child, "spawn");
  return ctx.disown(child);
}
