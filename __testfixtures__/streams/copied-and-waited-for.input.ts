import { createWriteStream, type WriteStream } from "node:fs";

export async function saveLog(path: string, open: () => AsyncIterable<string>): Promise<void> {
  const target = createWriteStream(path);
  const lines = open();
  return copyInto(target, lines);
}

async function copyInto(target: WriteStream, lines: AsyncIterable<string>): Promise<void> {
  for await (const line of lines) target.write(line);
  target.end();
}
