import { spawn } from "node:child_process";
import { ResourceContext } from "resource-context";

export async function withServer(test: (url: string) => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const child = ctx.process(spawn("npx", ["serve", "site"], { detached: true, stdio: "ignore" }));
  await test("http://localhost:3000");
  child.kill();
}
