import fs from "fs-extra";

export function logged(...args: Parameters<typeof fs.writeFileSync>): void {
  console.log(`writing ${String(args[0])}`);
  fs.writeFileSync(...args);
}
