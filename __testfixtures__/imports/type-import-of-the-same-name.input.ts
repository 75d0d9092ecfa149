import { spawn } from "node:child_process";
import type { ResourceContext } from "resource-context";

export interface Job {
  readonly context: ResourceContext;
}

export function ring(bell: string, onDone: () => void): void {
  spawn("aplay", [bell]).on("close", onDone);
}
