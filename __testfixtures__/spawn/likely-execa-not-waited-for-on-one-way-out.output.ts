import execute, { $, command, execa, execaCommand, execaNode } from "execa";
import { ResourceContext } from "resource-context";
import { exec, x } from "tinyexec";
import { $ as shell } from "zx";

export async function start(isReady: () => Promise<boolean>): Promise<void> {
  await using ctx = new ResourceContext();
  const main = ctx.process(execa("server", ["--port", "0"]));
  const plain = ctx.process(execute("server"));
  const text = ctx.process(execaCommand("server --quiet"));
  const script = ctx.process(execaNode("server.js"));
  const older = ctx.process(command("server"));
  const tagged = ctx.process($`server --tagged`);
  const optioned = ctx.process(execa({ cwd: "/srv" })`server --tagged`);
  const zx = ctx.process(shell`server`);
  const tiny = ctx.process(x("server", ["--tiny"]));
  const same = ctx.process(exec("server"));
  if (!(await isReady())) return;
  await Promise.all([main, plain, text, script, older]);
  await Promise.all([tagged, optioned, zx, tiny, same]);
}
