import { spawn } from "node:child_process";

export function indexDocs(folder: string, onIndexed: () => void): void {
  const indexer = spawn("pagefind", ["--site", folder], { detached: false });
  indexer.on("exit", onIndexed);
}
