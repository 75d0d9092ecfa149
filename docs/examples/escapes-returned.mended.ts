import { spawn } from "node:child_process";
import { once } from "node:events";

/** The caller gives the work, and the server ends with it. */
export async function withServer(port: number, work: () => Promise<void>): Promise<void> {
  const server = spawn("serve", ["-l", String(port)]);
  try {
    await work();
  } finally {
    server.kill();
    await once(server, "close");
  }
}
