import { spawn } from "node:child_process";

export async function withTunnel(port: number, use: () => Promise<void>): Promise<void> {
  await using stack = new AsyncDisposableStack();
  stack.use(spawn("ssh", ["-N", "-L", `${port}:localhost:${port}`, "gateway"]));
  await use();
}
