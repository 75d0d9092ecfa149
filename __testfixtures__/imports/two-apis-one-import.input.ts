import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";

export function screenshot(port: number, done: () => void): void {
  writeFileSync("target.txt", `http://localhost:${port}`);
  execFile("shot-scraper", ["multi", "target.txt"], () => done());
}
