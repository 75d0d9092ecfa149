import { spawn } from "node:child_process"; // not cross-spawn: Windows is not supported

// ---- helpers ----
export function lockScreen(onLocked: () => void): void {
  spawn("loginctl", ["lock-session"]).on("exit", onLocked);
}
