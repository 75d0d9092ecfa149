import { launch } from "./run.js";
import { ResourceContext } from "resource-context";

export function deploy(target: string, onDone: (code: number | null) => void): void {
  ResourceContext.root.process(launch("ship", ["--to", target])).on("close", onDone);
}
