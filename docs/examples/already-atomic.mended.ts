import { atomicWriteFile } from "resource-context";

export async function save(path: string, text: string): Promise<void> {
  await atomicWriteFile(path, text);
}
