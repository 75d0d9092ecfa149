import { open } from "node:fs/promises";

export async function readHeader(path: string, track: (path: string) => Promise<void>): Promise<Buffer> {
  const file = await open(path);
  void track(path).catch(console.error);
  try {
    return (await file.read(Buffer.alloc(64), 0, 64)).buffer;
  } finally {
    await file.close();
  }
}
