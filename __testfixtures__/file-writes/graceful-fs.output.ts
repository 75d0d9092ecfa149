import { atomicWriteFile, atomicWriteFileSync } from "resource-context";

export function saveLock(path: string, packages: string[], done: (error: Error | null) => void): void {
  atomicWriteFile(path, packages.join("\n"), done);
}

export async function saveIndex(path: string, packages: string[]): Promise<void> {
  atomicWriteFileSync(`${path}.count`, String(packages.length));
  await atomicWriteFile(path, packages.join("\n"));
}
