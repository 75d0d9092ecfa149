import { type ChildProcess, spawn } from "node:child_process";

/** Returned: the caller owns it. */
export function startPreview(port: number): ChildProcess {
  return spawn("vite", ["preview", "--port", String(port)], { stdio: "ignore" });
}

/** Detached and unreferenced: it outlives the program on purpose. */
export function openBrowser(url: string): void {
  const child = spawn("xdg-open", [url], { detached: true, stdio: "ignore" });
  child.unref();
}
