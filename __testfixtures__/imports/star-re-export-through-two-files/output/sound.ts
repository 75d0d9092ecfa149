import { execFile } from "./platform/index.js";
import { ResourceContext } from "resource-context";

export function play(sound: string, onDone: () => void): void {
  ResourceContext.root.process(execFile("aplay", [sound], () => onDone()));
}
