import { createWriteStream } from "node:fs";
import { once } from "node:events";
import { ResourceContext } from "resource-context";

export async function report(path: string, rows: AsyncIterable<string>): Promise<void> {
  await using ctx = new ResourceContext();
  const out = ctx.stream(createWriteStream(path));
  for await (const row of rows) out.write(`${row}\n`);
  out.end();
  await once(out, "finish");
}
