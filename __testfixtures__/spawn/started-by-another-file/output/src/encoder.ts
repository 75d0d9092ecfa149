import { spawn, type ChildProcess } from "node:child_process";

export function startEncoder(file: string): ChildProcess {
  return spawn("ffmpeg", ["-i", file, "-f", "null", "-"]);
}
