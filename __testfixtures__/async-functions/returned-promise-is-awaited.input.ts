import { type ChildProcess, spawn } from "node:child_process";

const exitOf = (child: ChildProcess) => new Promise<number>((resolve) => child.on("close", resolve));

export async function verify(archive: string, announce: () => Promise<void>): Promise<number> {
  const tar = spawn("tar", ["-tf", archive]);
  await announce();
  return exitOf(tar);
}
