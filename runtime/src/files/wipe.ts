import * as fs from "node:fs";

const CHUNK = 64 * 1024;

/** Overwrites the content of a regular file with zeros, on the disk as well. A link is not followed. */
export async function wipe(place: string): Promise<void> {
  const { O_WRONLY, O_NOFOLLOW = 0 } = fs.constants;
  const entry = await fs.promises.lstat(place);
  if (!entry.isFile()) return;
  const handle = await fs.promises.open(place, O_WRONLY | O_NOFOLLOW);
  try {
    const { size } = await handle.stat();
    const zeros = Buffer.alloc(Math.min(CHUNK, size));
    for (let done = 0; done < size; done += zeros.length)
      await handle.write(zeros, 0, Math.min(zeros.length, size - done), done);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
