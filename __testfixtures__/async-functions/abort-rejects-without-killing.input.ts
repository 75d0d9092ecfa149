import { spawn } from "node:child_process";

export async function render(page: string, signal: AbortSignal): Promise<number> {
  if (signal.aborted) throw signal.reason;
  return new Promise((resolve, reject) => {
    const browser = spawn("chromium", ["--headless", page]);
    signal.addEventListener("abort", () => {
      reject(signal.reason);
    });
    browser.once("error", reject);
    browser.once("exit", (code) => resolve(code ?? 1));
  });
}
