import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

export async function upload(data: string, send: (path: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp("/tmp/upload-");
  await writeFile(join(folder, "data"), data);
  await send(folder);
  await rm(folder, { recursive: true });
}
