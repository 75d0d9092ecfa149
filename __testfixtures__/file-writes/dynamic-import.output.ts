import { atomicWriteFile } from "resource-context";

export async function dumpMetrics(path: string, metrics: Record<string, number>): Promise<void> {
  const { writeFile } = await import("node:fs/promises");
  await atomicWriteFile(path, JSON.stringify(metrics));
}
