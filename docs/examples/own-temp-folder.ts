import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export async function dump(heap: Uint8Array): Promise<void> {
  await writeFile(join(tmpdir(), "heap.bin"), heap);
}
