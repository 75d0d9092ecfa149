import childProcess from "node:child_process";
import { ResourceContext } from "resource-context";

export function freeSpace(volume: string, done: (lines: string[]) => void): void {
  ResourceContext.root.process(childProcess.exec(`df -h ${volume}`, (error, stdout) => {
    done(error === null ? stdout.split("\n") : []);
  }));
}
