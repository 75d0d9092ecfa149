import cp = require("child_process");
import { ResourceContext } from "resource-context";

export function listContainers(callback: (error: Error | null, names: string) => void): void {
  ResourceContext.root.process(cp.execFile("docker", ["ps", "--format", "{{.Names}}"], callback));
}
