import { open } from "node:fs/promises";

export function sizeOf(log: string): Promise<number> {
  return open(log).then(async (handle) => {
    try {
      const { size } = await handle.stat();
      return size;
    } finally {
      await handle.close();
    }
  });
}
