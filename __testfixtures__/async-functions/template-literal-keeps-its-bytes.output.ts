import { spawn } from "node:child_process";
import { once } from "node:events";
import { ResourceContext } from "resource-context";

export async function configure(port: number, test: () => Promise<void>): Promise<void> {
  const ctx = new ResourceContext();
  try {
    const nginx = ctx.process(spawn("nginx", ["-g", "daemon off;"]));
    await test();
    nginx.kill("SIGHUP");
    console.log(`
server {
  listen ${port};
}`);
    await once(nginx, "exit");
  } finally {
    await ctx.disposeAsync();
  }
}
