import { createWriteStream } from "node:fs";
import { once } from "node:events";

export async function report(path: string, rows: AsyncIterable<string>): Promise<void> {
  const out = createWriteStream(path);
  for await (const row of rows) out.write(`${row}\n`);
  out.end();
  await once(out, "finish");
}
