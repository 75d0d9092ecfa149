import { closeSync, openSync, readSync } from "node:fs";

export function magic(file: string): string {
  const descriptor = openSync(file, "r");
  const bytes = Buffer.alloc(4);
  readSync(descriptor, bytes);
  closeSync(descriptor);
  return bytes.toString("hex");
}
