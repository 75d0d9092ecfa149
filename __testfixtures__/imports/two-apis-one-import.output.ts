import { execFile } from "node:child_process";
import { ResourceContext, atomicWriteFileSync } from "resource-context";

export function screenshot(port: number, done: () => void): void {
  atomicWriteFileSync("target.txt", `http://localhost:${port}`);
  ResourceContext.root.process(execFile("shot-scraper", ["multi", "target.txt"], () => done()));
}
