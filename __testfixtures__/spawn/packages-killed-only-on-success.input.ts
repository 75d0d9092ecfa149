import launch from "cross-spawn";
import { spawn } from "node-pty";

export async function serve(command: string, check: () => Promise<void>): Promise<void> {
  const child = launch(command, ["--port", "0"]);
  const other = launch.spawn(command);
  const terminal = spawn("bash", [], { cols: 80 });
  await check();
  terminal.kill();
  other.kill();
  child.kill();
}
