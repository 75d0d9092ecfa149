import fs from "fs-extra";

export async function patchHeader(recording: string, header: Uint8Array): Promise<void> {
  await fs.writeFile(recording, header, { flag: "r+" });
}
