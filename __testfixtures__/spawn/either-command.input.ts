import { spawn } from "node:child_process";

export function clearCache(onCleared: () => void): void {
  const child = process.platform === "win32" ? spawn("cmd", ["/c", "clear.bat"]) : spawn("./clear.sh");
  child.on("close", onCleared);
}
