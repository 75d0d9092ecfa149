import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";

export async function header(log: string): Promise<string> {
  let found = "";
  for await (const line of createInterface({ input: createReadStream(log) })) {
    found = line;
    break;
  }
  return found;
}
