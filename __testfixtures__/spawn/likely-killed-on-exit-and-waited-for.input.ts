import { spawn } from "node:child_process";

export async function build(folder: string): Promise<void> {
  const child = spawn("npm", ["run", "build"], { cwd: folder });
  process.on("exit", () => {
    child.kill();
  });
  const code = await new Promise((resolve) => child.on("close", resolve));
  console.log(`build: ${String(code)}`);
}
