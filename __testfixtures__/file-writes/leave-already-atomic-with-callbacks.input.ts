import { rename, writeFile } from "fs";

export function saveQueue(path: string, jobs: string[], done: (error: Error | null) => void): void {
  const draft = `${path}.new`;
  writeFile(draft, jobs.join("\n"), (error) => {
    if (error) return done(error);
    rename(draft, path, done);
  });
}
