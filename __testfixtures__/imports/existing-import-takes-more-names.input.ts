import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { ResourceContext } from "resource-context";

export async function publish(page: string, html: string, onSynced: () => void): Promise<void> {
  await writeFile(page, html);
  ResourceContext.root.process(spawn("rsync", [page, "www:"])).on("close", onSynced);
}
