import { open, type FileHandle } from "node:fs/promises";

export async function firstLine(path: string): Promise<string> {
  let file: FileHandle | undefined;
  try {
    file = await open(path);
    return (await file.readFile("utf8")).split("\n")[0] ?? "";
  } finally {
    await file?.close();
  }
}
