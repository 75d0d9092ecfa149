import { spawn } from "node:child_process";
import { ResourceContext } from "resource-context";

export function configure(script: string): void {
  ResourceContext.root.process(spawn("sh", [script], { stdio: "inherit" }));
}
