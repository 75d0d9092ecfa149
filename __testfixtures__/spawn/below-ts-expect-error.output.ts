import { spawn } from "node:child_process";
import { ResourceContext } from "resource-context";

export function sandboxed(script: string, onExit: () => void): void {
  // @ts-expect-error: `sandbox` is an option of our patched Node
  const child = ResourceContext.root.process(spawn("node", [script], { sandbox: true }));
  child.on("exit", onExit);
}
