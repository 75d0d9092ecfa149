import { open } from "node:fs/promises";

export async function printHeader(path: string, size: number): Promise<void> {
  const file = await open(path);
  if (size <= 0) process.exit(2);
  try {
    console.log((await file.read(Buffer.alloc(size), 0, size)).buffer.toString());
  } finally {
    await file.close();
  }
}
