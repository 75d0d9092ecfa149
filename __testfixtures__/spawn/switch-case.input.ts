import { spawn } from "node:child_process";

export function play(sound: string, platform: string, onDone: () => void): void {
  switch (platform) {
    case "darwin":
      spawn("afplay", [sound]).on("close", onDone);
      break;
    default:
      const player = spawn("aplay", [sound]);
      player.on("close", onDone);
  }
}
