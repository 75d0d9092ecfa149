import { writeFile } from "node:fs/promises";

export async function lock(path: string): Promise<void> {
  await writeFile(path, String(process.pid), { flag: "wx" });
}
