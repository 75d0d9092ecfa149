import { spawn } from "node:child_process";
import { once } from "node:events";

export async function configure(port: number, test: () => Promise<void>): Promise<void> {
  const nginx = spawn("nginx", ["-g", "daemon off;"]);
  await test();
  nginx.kill("SIGHUP");
  console.log(`
server {
  listen ${port};
}`);
  await once(nginx, "exit");
}
