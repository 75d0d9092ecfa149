import { spawn } from "node:child_process";
import { ResourceContext } from "resource-context";

export function indexDocs(folder: string, onIndexed: () => void): void {
  const indexer = ResourceContext.root.process(spawn("pagefind", ["--site", folder], { detached: false }));
  indexer.on("exit", onIndexed);
}
