import * as fs from "node:fs";

export function readHead(file: string, bytes: Buffer): number {
  const descriptor = fs.openSync(file, "r");
  try {
    return fs.readSync(descriptor, bytes);
  } finally {
    fs.closeSync(descriptor);
  }
}
