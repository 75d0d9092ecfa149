import { closeSync, openSync } from "node:fs";

export function runLogged(command: string, log: string, run: (options: object) => void): void {
  const descriptor = openSync(log, "w");
  run({ command, stdio: ["ignore", descriptor, descriptor] });
  closeSync(descriptor);
}
