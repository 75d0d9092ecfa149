import childProcess from "node:child_process";

export function freeSpace(volume: string, done: (lines: string[]) => void): void {
  childProcess.exec(`df -h ${volume}`, (error, stdout) => {
    done(error === null ? stdout.split("\n") : []);
  });
}
