import { atomicWriteFile } from "resource-context";

export function savePid(path: string, done: (error: Error | null) => void): void {
  atomicWriteFile(path, `${process.pid}\n`, (error) => {
    done(error);
  });
}
