import { atomicWriteFile } from "resource-context";

export async function dumpMetrics(path: string, metrics: Record<string, number>): Promise<void> {
  await atomicWriteFile(path, JSON.stringify(metrics));
}
