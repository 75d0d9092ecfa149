import { spawn } from "node:child_process";
import { ResourceContext } from "resource-context";

export function warmCache(url: string): void {
  ResourceContext.root.process(spawn("curl", ["--silent", "--output", "/dev/null", url]));
}
