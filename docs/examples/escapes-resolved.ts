import { spawn, type ChildProcess } from "node:child_process";

export function startServer(port: number): Promise<ChildProcess> {
  return new Promise((resolve, reject) => {
    const server = spawn("serve", ["-l", String(port)]);
    server.once("error", reject);
    server.once("spawn", () => resolve(server));
  });
}
