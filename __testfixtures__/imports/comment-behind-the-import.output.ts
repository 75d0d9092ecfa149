import { spawn } from "node:child_process"; // not cross-spawn: Windows is not supported
import { ResourceContext } from "resource-context";

// ---- helpers ----
export function lockScreen(onLocked: () => void): void {
  ResourceContext.root.process(spawn("loginctl", ["lock-session"])).on("exit", onLocked);
}
