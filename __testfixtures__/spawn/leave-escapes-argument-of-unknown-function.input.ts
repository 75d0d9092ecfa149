import { spawn, type ChildProcess } from "node:child_process";

export function deploy(target: string, supervise: (child: ChildProcess) => void): void {
  const ship = spawn("ship", ["--to", target]);
  supervise(ship);
}
