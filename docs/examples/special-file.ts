import { writeFileSync } from "node:fs";

export function bell(): void {
  writeFileSync("/dev/tty", "\u0007");
}
