import { spawn } from "node:child_process";
import { ResourceContext } from "resource-context";

export function deploy(target: string, onDone: () => void): void {
  ResourceContext.root.process(spawn("ship", ["--to", target])).on("close", onDone);
}
