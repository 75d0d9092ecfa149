import { spawn } from "node:child_process";
import { once } from "node:events";

export async function transcode(video: string, prepare: () => Promise<void>): Promise<void> {
  // two passes: the first one only measures
  const ffmpeg = spawn("ffmpeg", ["-i", video, "-pass", "1"]); // slow
  await prepare();
  await once(ffmpeg, "close"); // until it is done
}
