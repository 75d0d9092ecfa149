import fs from "node:fs";

export async function modeOf(path: string): Promise<number> {
  await using file = await fs.promises.open(path);
  return (await file.stat()).mode;
}
