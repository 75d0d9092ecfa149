import { once } from "node:events";
import * as readline from "node:readline";

export async function firstLine(input: NodeJS.ReadableStream): Promise<string> {
  const lines = readline.createInterface({ input });
  const [line] = await once(lines, "line");
  lines.close();
  return String(line);
}
