import { spawn } from "node:child_process";
import { ResourceContext as ResourceContext2 } from "resource-context";
import type { ResourceContext } from "resource-context";

export interface Job {
  readonly context: ResourceContext;
}

export function ring(bell: string, onDone: () => void): void {
  ResourceContext2.root.process(spawn("aplay", [bell])).on("close", onDone);
}
