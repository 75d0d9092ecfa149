import launch from "cross-spawn";
import { spawn } from "node-pty";
import { ResourceContext } from "resource-context";

export async function serve(command: string, check: () => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const child = ctx.process(launch(command, ["--port", "0"]));
  const other = ctx.process(launch.spawn(command));
  const terminal = ctx.process(spawn("bash", [], { cols: 80 }));
  await check();
  terminal.kill();
  other.kill();
  child.kill();
}
