import { spawn } from "node:child_process";
import { ResourceContext } from "resource-context";

export function play(sound: string, platform: string, onDone: () => void): void {
  switch (platform) {
    case "darwin":
      ResourceContext.root.process(spawn("afplay", [sound])).on("close", onDone);
      break;
    default:
      const player = ResourceContext.root.process(spawn("aplay", [sound]));
      player.on("close", onDone);
  }
}
