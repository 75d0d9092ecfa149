import { open } from "node:fs/promises";

export async function append(path: string, line: string): Promise<void> {
  const file = await open(path, "a");
  await file.write(line);
  await file.sync();
  await file.close();
}
