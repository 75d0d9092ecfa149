import { readFile } from "fs/promises";
import { atomicWriteFile } from "resource-context";

export async function trimLog(path: string): Promise<void> {
  await atomicWriteFile(path, (await readFile(path, "utf8")).slice(-10_000));
}
