import { spawn } from "node:child_process";
import { atomicWriteFile, ResourceContext } from "resource-context";

export async function note(context: ResourceContext, file: string): Promise<void> {
  await atomicWriteFile(file, String(context));
}

export function ring(bell: string, onDone: () => void): void {
  ResourceContext.root.process(spawn("aplay", [bell])).on("close", onDone);
}
