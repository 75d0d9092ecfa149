import { open } from "node:fs/promises";
import { ResourceContext } from "resource-context";

export async function readHeader(path: string): Promise<string> {
  await using ctx = new ResourceContext();
  const file = ctx.file(await open(path));
  const { buffer } = await file.read(Buffer.alloc(64), 0, 64, 0);
  await file.close();
  return buffer.toString("latin1");
}
