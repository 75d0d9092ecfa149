import { closeSync, openSync, writeFileSync } from "node:fs";

export function save(file: string, parts: Iterable<string>): void {
  let last = -1;
  const descriptor = openSync(file, "w");
  for (const part of parts) writeFileSync(descriptor, part);
  last = descriptor;
  writeFileSync(last, "end");
  closeSync(descriptor);
}
