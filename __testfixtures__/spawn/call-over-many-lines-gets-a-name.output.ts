import { exec, execFile } from "node:child_process";
import { ResourceContext } from "resource-context";

export function versionOf(tool: string, done: (version: string) => void): void {
  const child = exec(
    `${tool} --version`,
    {
      timeout: 5_000,
    },
    (_error, version) => {
      done(version);
    },
  );
  ResourceContext.root.process(child);
}

export function upload(child: string, done: (error: Error | null) => void): void {
  ResourceContext.root.process(execFile("upload", [child], (error) => done(error)));
  const child2 = execFile(
    "log",
    [child],
    (error) => done(error),
  );
  ResourceContext.root.process(child2);
}
