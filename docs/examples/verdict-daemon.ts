import { spawn } from "node:child_process";

export function openEditor(path: string): void {
  spawn("code", [path], { detached: true }).unref();
}
