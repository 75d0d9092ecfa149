import execute, { $, command, execa, execaCommand, execaNode } from "execa";
import { exec, x } from "tinyexec";
import { $ as shell } from "zx";

export async function start(isReady: () => Promise<boolean>): Promise<void> {
  const main = execa("server", ["--port", "0"]);
  const plain = execute("server");
  const text = execaCommand("server --quiet");
  const script = execaNode("server.js");
  const older = command("server");
  const tagged = $`server --tagged`;
  const optioned = execa({ cwd: "/srv" })`server --tagged`;
  const zx = shell`server`;
  const tiny = x("server", ["--tiny"]);
  const same = exec("server");
  if (!(await isReady())) return;
  await Promise.all([main, plain, text, script, older]);
  await Promise.all([tagged, optioned, zx, tiny, same]);
}
