import * as fs from "node:fs";

export function recordDeployment(log: string, version: string): void {
  const deployments: string[] = fs.existsSync(log) ? JSON.parse(fs.readFileSync(log, "utf8")) : [];
  fs.writeFileSync(log, JSON.stringify([...deployments, version]), { encoding: "utf8", mode: 0o600 });
}
