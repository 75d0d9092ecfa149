export async function dumpMetrics(path: string, metrics: Record<string, number>): Promise<void> {
  const { writeFile } = await import("node:fs/promises");
  await writeFile(path, JSON.stringify(metrics));
}
