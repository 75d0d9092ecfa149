import fs from "node:fs";

export async function cacheListing(folder: string): Promise<void> {
  const names = await fs.promises.readdir(folder);
  await fs.promises.writeFile("listing.json", JSON.stringify(names));
}
