import { spawn } from "node:child_process";
import { ResourceContext } from "resource-context";
import type { Socket } from "node:net";

export async function serve(port: string, socket: Socket): Promise<void> {
  await using ctx = new ResourceContext();
  const child = ctx.process(spawn("serve", [port]));
  await new Promise<void>((resolve, reject) => {
    socket.on("error", reject);
    child.on("error", reject);
    child.on("close", () => resolve());
  });
}
