import { writeFile } from "node:fs/promises";

export async function patchHeader(recording: string, header: Uint8Array): Promise<void> {
  await writeFile(recording, header, { flag: "r+" });
}
