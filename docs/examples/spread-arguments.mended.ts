import { atomicWriteFileSync } from "resource-context";

export function logged(path: string, data: string): void {
  console.log(`writing ${path}`);
  atomicWriteFileSync(path, data);
}
