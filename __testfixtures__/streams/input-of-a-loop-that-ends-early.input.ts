import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";

export async function firstError(log: string): Promise<string | undefined> {
  const input = createReadStream(log);
  const lines = createInterface({ input, crlfDelay: Infinity });
  for await (const line of lines) if (line.startsWith("error")) return line;
  return undefined;
}
