import { spawn } from "node:child_process";
import { ResourceContext } from "resource-context";

export async function withDatabase(folder: string, migrate: (port: number) => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const child = ctx.process(spawn("postgres", ["-D", folder]));
  await new Promise<void>((resolve) => {
    child.stdout.once("data", () => resolve());
    child.once("close", () => resolve());
  });
  await migrate(5432);
  child.kill();
}
