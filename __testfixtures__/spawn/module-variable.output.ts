import { type ChildProcess, spawn } from "node:child_process";
import { ResourceContext } from "resource-context";

let recorder: ChildProcess | undefined;

export function record(port: number): void {
  recorder = ResourceContext.root.process(spawn("ffmpeg", ["-i", `rtp://localhost:${port}`, "call.mkv"]));
  recorder.on("close", () => (recorder = undefined));
}
