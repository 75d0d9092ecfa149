import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { ResourceContext } from "resource-context";

export async function firstError(log: string): Promise<string | undefined> {
  await using ctx = new ResourceContext();
  const input = ctx.stream(createReadStream(log));
  const lines = createInterface({ input, crlfDelay: Infinity });
  for await (const line of lines) if (line.startsWith("error")) return line;
  return undefined;
}
