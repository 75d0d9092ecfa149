import { spawn } from "node:child_process";
import { ResourceContext as Resources } from "resource-context";

export function backUp(folder: string, onDone: () => void): void {
  Resources.root.process(spawn("borg", ["create", folder])).on("close", onDone);
}
