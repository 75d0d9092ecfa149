import * as fs from "node:fs";
import { atomicWriteFileSync } from "resource-context";

export function recordDeployment(log: string, version: string): void {
  const deployments: string[] = fs.existsSync(log) ? JSON.parse(fs.readFileSync(log, "utf8")) : [];
  atomicWriteFileSync(log, JSON.stringify([...deployments, version]), { encoding: "utf8", mode: 0o600 });
}
