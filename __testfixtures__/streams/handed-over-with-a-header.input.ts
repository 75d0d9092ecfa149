import { createWriteStream, type WriteStream } from "fs";

export async function openLog(path: string, header: () => Promise<string>): Promise<WriteStream> {
  const log = createWriteStream(path, { flags: "a" });
  log.write(await header());
  return log;
}
