import fs from "node:fs";

export function saveQueue(path: string, jobs: readonly string[]): void {
  const draft = `${path}.${process.pid}.new`;
  fs.writeFileSync(draft, JSON.stringify(jobs));
  fs.renameSync(draft, path);
}
