import { open } from "node:fs/promises";

export async function isScript(path: string): Promise<boolean> {
  const file = await open(path).catch(() => undefined);
  if (file == null) return false;
  try {
    return (await file.read()).buffer.toString("latin1", 0, 2) === "#!";
  } finally {
    await file.close();
  }
}
