import { spawn } from "node:child_process";

export function deploy(target: string, onDone: () => void): void {
  spawn("ship", ["--to", target]).on("close", onDone);
}
