import { spawn } from "node:child_process";
import { ResourceContext } from "resource-context";

export interface Job {
  readonly context: ResourceContext;
}

export function ring(bell: string, onDone: () => void): void {
  ResourceContext.root.process(spawn("aplay", [bell])).on("close", onDone);
}
