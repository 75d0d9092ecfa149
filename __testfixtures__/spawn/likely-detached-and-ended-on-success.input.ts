import { spawn } from "node:child_process";

export async function withServer(test: (url: string) => Promise<void>): Promise<void> {
  const child = spawn("npx", ["serve", "site"], { detached: true, stdio: "ignore" });
  await test("http://localhost:3000");
  child.kill();
}
