import { spawn } from "node:child_process";
import { ResourceContext } from "resource-context";

export function clearCache(onCleared: () => void): void {
  const child = process.platform === "win32" ? ResourceContext.root.process(spawn("cmd", ["/c", "clear.bat"])) : ResourceContext.root.process(spawn("./clear.sh"));
  child.on("close", onCleared);
}
