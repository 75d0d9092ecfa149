import { ResourceContext } from "resource-context";

export async function restartProxy(config: string): Promise<number | null> {
  const { spawn } = await import("node:child_process");
  return new Promise((resolve) => ResourceContext.root.process(spawn("caddy", ["reload", "--config", config])).on("close", resolve));
}
