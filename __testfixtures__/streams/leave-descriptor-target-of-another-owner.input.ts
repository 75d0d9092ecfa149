import { createWriteStream } from "node:fs";

export async function fill(
  upload: string,
  fd: number,
  download: () => Promise<string>,
): Promise<void> {
  const target = createWriteStream(upload, { fd });
  target.write(await download());
  target.end();
}
