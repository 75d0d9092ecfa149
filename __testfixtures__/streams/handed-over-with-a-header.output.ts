import { createWriteStream, type WriteStream } from "fs";
import { ResourceContext } from "resource-context";

export async function openLog(path: string, header: () => Promise<string>): Promise<WriteStream> {
  await using ctx = new ResourceContext();
  const log = ctx.stream(createWriteStream(path, { flags: "a" }));
  log.write(await header());
  return ctx.disown(log);
}
