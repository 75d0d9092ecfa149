import { fstatSync, openSync } from "node:fs";

export function openLog(file: string): number {
  const descriptor = openSync(file, "r");
  if (!fstatSync(descriptor).isFile()) throw new Error(`${file} is no file`);
  return descriptor;
}
