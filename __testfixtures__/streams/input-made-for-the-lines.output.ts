import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { ResourceContext } from "resource-context";

export async function header(log: string): Promise<string> {
  let found = "";
  await using ctx = new ResourceContext();
  for await (const line of createInterface({ input: ctx.stream(createReadStream(log)) })) {
    found = line;
    break;
  }
  return found;
}
