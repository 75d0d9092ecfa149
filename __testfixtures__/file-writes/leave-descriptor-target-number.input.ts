import fs from "node:fs";

export function writeReserved(path: string, text: string): void {
  const fd = fs.openSync(path, "w");
  fs.writeFileSync(fd, text);
  fs.closeSync(fd);
}
