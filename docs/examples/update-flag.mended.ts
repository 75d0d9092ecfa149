import { readFile } from "node:fs/promises";
import { atomicWriteFile } from "resource-context";

export async function patchHeader(recording: string, header: Uint8Array): Promise<void> {
  const content = await readFile(recording);
  content.set(header);
  await atomicWriteFile(recording, content);
}
