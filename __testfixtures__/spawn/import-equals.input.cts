import cp = require("child_process");

export function listContainers(callback: (error: Error | null, names: string) => void): void {
  cp.execFile("docker", ["ps", "--format", "{{.Names}}"], callback);
}
