import { open } from "node:fs/promises";

export async function saveIndex(path: string, pages: readonly string[]): Promise<void> {
  const file = await open(path, "w");
  const list = pages.join("\n").toLowerCase();
  try {
    await file.write(list);
  } finally {
    await file.close();
  }
}
