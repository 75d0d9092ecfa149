import { writeFileSync } from "node:fs";

export function logged(...args: Parameters<typeof writeFileSync>): void {
  console.log(`writing ${String(args[0])}`);
  writeFileSync(...args);
}
