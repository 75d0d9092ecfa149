import { spawn } from "node-pty";

export function openTerminal(cols: number) {
  return spawn("bash", [], { cols });
}
