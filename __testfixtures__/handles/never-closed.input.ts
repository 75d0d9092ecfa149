import * as fs from "node:fs";

export async function sizeOf(path: string): Promise<number> {
  const file = await fs.promises.open(path, "r");
  const { size } = await file.stat();
  return size;
}
