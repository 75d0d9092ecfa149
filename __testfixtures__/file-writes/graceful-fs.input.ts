import gracefulFs from "graceful-fs";

export function saveLock(path: string, packages: string[], done: (error: Error | null) => void): void {
  gracefulFs.writeFile(path, packages.join("\n"), done);
}

export async function saveIndex(path: string, packages: string[]): Promise<void> {
  gracefulFs.writeFileSync(`${path}.count`, String(packages.length));
  await gracefulFs.promises.writeFile(path, packages.join("\n"));
}
