import { createWriteStream, type WriteStream } from "node:fs";
import { ResourceContext } from "resource-context";

export async function saveLog(path: string, open: () => AsyncIterable<string>): Promise<void> {
  await using ctx = new ResourceContext();
  const target = ctx.stream(createWriteStream(path));
  const lines = open();
  return await copyInto(target, lines);
}

async function copyInto(target: WriteStream, lines: AsyncIterable<string>): Promise<void> {
  for await (const line of lines) target.write(line);
  target.end();
}
