import { writeFile } from "node:fs/promises";

export async function log(path: string, line: string): Promise<void> {
  await writeFile(path, `${line}\n`, { flag: "a" });
}
