import { createReadStream, createWriteStream } from "node:fs";
import { ResourceContext } from "resource-context";

export async function copy(log: string): Promise<void> {
  await using ctx = new ResourceContext();
  const source = ctx.stream(createReadStream(log));
  const target = ctx.stream(createWriteStream(`${log}.old`), { removePartial: true });
  await new Promise<void>((resolve, reject) => {
    source.on("error", reject);
    target.on("error", reject);
    target.on("close", resolve);
    source.pipe(target);
  });
}
