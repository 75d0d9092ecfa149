import { spawn } from "node:child_process";

export function serve(port: number, onExit: () => void): void {
  // @ts-expect-error: Node turns the number into a string
  const server = spawn("serve", ["-l", port]);
  server.on("exit", onExit);
}
