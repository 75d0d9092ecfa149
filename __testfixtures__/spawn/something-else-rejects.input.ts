import { spawn } from "node:child_process";
import type { Socket } from "node:net";

export async function serve(port: string, socket: Socket): Promise<void> {
  const child = spawn("serve", [port]);
  await new Promise<void>((resolve, reject) => {
    socket.on("error", reject);
    child.on("error", reject);
    child.on("close", () => resolve());
  });
}
