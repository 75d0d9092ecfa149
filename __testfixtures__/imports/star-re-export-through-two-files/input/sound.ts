import { execFile } from "./platform/index.js";

export function play(sound: string, onDone: () => void): void {
  execFile("aplay", [sound], () => onDone());
}
