import { launch } from "./run.js";

export function deploy(target: string, onDone: (code: number | null) => void): void {
  launch("ship", ["--to", target]).on("close", onDone);
}
