import { spawn } from "node:child_process";

export async function withDatabase(folder: string, migrate: (port: number) => Promise<void>): Promise<void> {
  const child = spawn("postgres", ["-D", folder]);
  await new Promise<void>((resolve) => {
    child.stdout.once("data", () => resolve());
    child.once("close", () => resolve());
  });
  await migrate(5432);
  child.kill();
}
