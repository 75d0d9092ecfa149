import { spawn } from "node:child_process";

export function rotate(log: string, onRotated: () => void): void {
	const mover = spawn("logrotate", [log]);
	mover.on("exit", onRotated);
}
