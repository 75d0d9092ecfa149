import fs from "node:fs";

export async function countLines(path: string, prepare: () => Promise<void>): Promise<number> {
  const input = fs.createReadStream(path, "utf8");
  await prepare();
  let lines = 0;
  for await (const chunk of input) lines += String(chunk).split("\n").length - 1;
  return lines;
}
