import { spawn } from "node:child_process";
import { ResourceContext } from "resource-context";

export function rotate(log: string, onRotated: () => void): void {
	const mover = ResourceContext.root.process(spawn("logrotate", [log]));
	mover.on("exit", onRotated);
}
