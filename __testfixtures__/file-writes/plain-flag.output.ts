import { atomicWriteFileSync } from "resource-context";

export function overwrite(path: string, lines: readonly string[]): void {
  atomicWriteFileSync(path, lines.join("\n"), { flag: "w" });
}
