import { once } from "node:events";
import * as readline from "node:readline";
import { ResourceContext } from "resource-context";

export async function firstLine(input: NodeJS.ReadableStream): Promise<string> {
  await using ctx = new ResourceContext();
  const lines = ctx.readline(readline.createInterface({ input }));
  const [line] = await once(lines, "line");
  lines.close();
  return String(line);
}
