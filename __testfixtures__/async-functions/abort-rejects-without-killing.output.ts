import { spawn } from "node:child_process";
import { ResourceContext } from "resource-context";

export async function render(page: string, signal: AbortSignal): Promise<number> {
  if (signal.aborted) throw signal.reason;
  await using ctx = new ResourceContext();
  return await new Promise((resolve, reject) => {
    const browser = ctx.process(spawn("chromium", ["--headless", page]));
    signal.addEventListener("abort", () => {
      reject(signal.reason);
    });
    browser.once("error", reject);
    browser.once("exit", (code) => resolve(code ?? 1));
  });
}
