import { type ChildProcess, spawn } from "node:child_process";
import { ResourceContext } from "resource-context";

const exitOf = (child: ChildProcess) => new Promise<number>((resolve) => child.on("close", resolve));

export async function verify(archive: string, announce: () => Promise<void>): Promise<number> {
  await using ctx = new ResourceContext();
  const tar = ctx.process(spawn("tar", ["-tf", archive]));
  await announce();
  return await exitOf(tar);
}
