import { spawn } from "node:child_process";
import { ResourceContext } from "resource-context";

export async function lint(folder: string, report: () => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  ctx.process(spawn("eslint", ["--watch", folder]));
  await report();
}
