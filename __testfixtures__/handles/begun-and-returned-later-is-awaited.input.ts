import { open } from "node:fs/promises";

export async function textOf(log: string): Promise<string> {
  const handle = await open(log);
  const text = handle.readFile("utf8");
  return text;
}

export async function bytesOf(upload: string): Promise<Buffer> {
  return (await open(upload)).readFile();
}
