import fs from "node:fs";
import { atomicWriteFile } from "resource-context";

export async function cacheListing(folder: string): Promise<void> {
  const names = await fs.promises.readdir(folder);
  await atomicWriteFile("listing.json", JSON.stringify(names));
}
