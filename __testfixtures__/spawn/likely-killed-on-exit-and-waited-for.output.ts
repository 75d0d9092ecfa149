import { spawn } from "node:child_process";
import { ResourceContext } from "resource-context";

export async function build(folder: string): Promise<void> {
  const child = ResourceContext.root.process(spawn("npm", ["run", "build"], { cwd: folder }));
  process.on("exit", () => {
    child.kill();
  });
  const code = await new Promise((resolve) => child.on("close", resolve));
  console.log(`build: ${String(code)}`);
}
