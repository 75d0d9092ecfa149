import { spawn } from "node:child_process";
import { once } from "node:events";

export async function reindex(folder: string, isFresh: () => Promise<boolean>): Promise<void> {
  const indexer = spawn("indexer", [folder]);
  if (await isFresh()) return;
  await once(indexer, "exit");
}
