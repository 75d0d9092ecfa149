import { open } from "node:fs/promises";

export async function* parts(path: string, size: number): AsyncGenerator<Buffer> {
  const file = await open(path);
  for (;;) {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size), 0, size);
    if (bytesRead === 0) break;
    yield buffer.subarray(0, bytesRead);
  }
  await file.close();
}
