import { exec, execFile } from "node:child_process";

export function versionOf(tool: string, done: (version: string) => void): void {
  exec(
    `${tool} --version`,
    {
      timeout: 5_000,
    },
    (_error, version) => {
      done(version);
    },
  );
}

export function upload(child: string, done: (error: Error | null) => void): void {
  execFile("upload", [child], (error) => done(error));
  execFile(
    "log",
    [child],
    (error) => done(error),
  );
}
