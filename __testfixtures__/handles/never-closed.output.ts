import * as fs from "node:fs";
import { ResourceContext } from "resource-context";

export async function sizeOf(path: string): Promise<number> {
  await using ctx = new ResourceContext();
  const file = ctx.file(await fs.promises.open(path, "r"));
  const { size } = await file.stat();
  return size;
}
