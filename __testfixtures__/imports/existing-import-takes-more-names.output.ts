import { spawn } from "node:child_process";
import { ResourceContext, atomicWriteFile } from "resource-context";

export async function publish(page: string, html: string, onSynced: () => void): Promise<void> {
  await atomicWriteFile(page, html);
  ResourceContext.root.process(spawn("rsync", [page, "www:"])).on("close", onSynced);
}
