import { type ChildProcess, spawn } from "node:child_process";

let recorder: ChildProcess | undefined;

export function record(port: number): void {
  recorder = spawn("ffmpeg", ["-i", `rtp://localhost:${port}`, "call.mkv"]);
  recorder.on("close", () => (recorder = undefined));
}
