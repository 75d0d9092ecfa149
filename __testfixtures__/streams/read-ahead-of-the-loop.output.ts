import fs from "node:fs";
import { ResourceContext } from "resource-context";

export async function countLines(path: string, prepare: () => Promise<void>): Promise<number> {
  await using ctx = new ResourceContext();
  const input = ctx.stream(fs.createReadStream(path, "utf8"));
  await prepare();
  let lines = 0;
  for await (const chunk of input) lines += String(chunk).split("\n").length - 1;
  return lines;
}
