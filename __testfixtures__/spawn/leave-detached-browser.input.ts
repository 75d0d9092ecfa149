import { spawn } from "node:child_process";

export function openReport(url: string): void {
  const browser = spawn("xdg-open", [url], { detached: true, stdio: "ignore" });
  browser.unref();
}
