import { spawn } from "node:child_process";

export function reportUsage(endpoint: string, onSent: () => void): void {
  const sender = spawn("send-usage", [endpoint], { stdio: "ignore" });
  sender.on("exit", onSent);
  sender.unref();
}
