import { spawn } from "node:child_process";
import { once } from "node:events";
import { ResourceContext } from "resource-context";

export async function transcode(video: string, prepare: () => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  // two passes: the first one only measures
  const ffmpeg = ctx.process(spawn("ffmpeg", ["-i", video, "-pass", "1"])); // slow
  await prepare();
  await once(ffmpeg, "close"); // until it is done
}
