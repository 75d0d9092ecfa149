import { readFile, writeFile } from "fs/promises";

export async function trimLog(path: string): Promise<void> {
  await writeFile(path, (await readFile(path, "utf8")).slice(-10_000));
}
