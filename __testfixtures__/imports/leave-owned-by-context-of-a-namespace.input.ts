import { fork } from "node:child_process";
import * as resources from "resource-context";

export function startQueue(script: string, onExit: () => void): void {
  resources.ResourceContext.root.process(fork(script)).on("exit", onExit);
}
