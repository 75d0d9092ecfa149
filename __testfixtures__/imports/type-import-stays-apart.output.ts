import { spawn } from "node:child_process";
import { ResourceContext } from "resource-context";
import type { ManagedResource } from "resource-context";

export interface Job {
  readonly resources: readonly ManagedResource[];
}

export function ring(bell: string, onDone: () => void): void {
  ResourceContext.root.process(spawn("aplay", [bell])).on("close", onDone);
}
