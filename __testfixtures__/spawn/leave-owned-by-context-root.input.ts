import { spawn } from "node:child_process";
import { ResourceContext } from "resource-context";

export function serveDocs(port: number, onStopped: () => void): void {
  ResourceContext.root.process(spawn("mdbook", ["serve", "-p", String(port)])).on("close", onStopped);
}
