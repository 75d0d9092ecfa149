import { spawn } from "node:child_process";

export async function startDatabase(folder: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const database = spawn("redis-server", ["--dir", folder]);
    database.stdout.once("data", () => resolve());
    database.on("exit", (code) => reject(new Error(`redis-server: ${code}`)));
    setTimeout(() => reject(new Error("too late")), 30_000).unref();
  });
}
