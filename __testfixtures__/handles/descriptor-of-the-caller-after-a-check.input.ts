import * as fs from "node:fs";

export function openLog(file: string): number {
  const descriptor = fs.openSync(file, "r");
  if (fs.fstatSync(descriptor).size > 1e9) throw new Error(`${file} is too long`);
  return descriptor;
}
