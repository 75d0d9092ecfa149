import { writeFile } from "fs";

export function savePid(path: string, done: (error: Error | null) => void): void {
  writeFile(path, `${process.pid}\n`, (error) => {
    done(error);
  });
}
