import { spawn } from "node:child_process";
import { ResourceContext } from "resource-context";

export function reportUsage(endpoint: string, onSent: () => void): void {
  const sender = ResourceContext.root.process(spawn("send-usage", [endpoint], { stdio: "ignore" }));
  sender.on("exit", onSent);
  sender.unref();
}
