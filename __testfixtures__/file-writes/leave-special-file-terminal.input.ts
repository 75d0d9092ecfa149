import { writeFile } from "fs";

export function bell(done: () => void): void {
  writeFile("/dev/tty", "\u0007", done);
}
