import { spawn } from "node:child_process";
import { once } from "node:events";
import { ResourceContext } from "resource-context";

export async function reindex(folder: string, isFresh: () => Promise<boolean>): Promise<void> {
  const indexer = ResourceContext.root.process(spawn("indexer", [folder]));
  if (await isFresh()) return;
  await once(indexer, "exit");
}
