import { promises } from "node:fs";

export function openLog(file: string): Promise<promises.FileHandle> {
  return promises.open(file, "a");
}
