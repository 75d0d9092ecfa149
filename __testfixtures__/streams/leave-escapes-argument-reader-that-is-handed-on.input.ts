import { createReadStream } from "node:fs";
import { createInterface, type Interface } from "node:readline";

declare function follow(lines: Interface): void;

export async function replay(log: string): Promise<void> {
  const input = createReadStream(log);
  const lines = createInterface({ input });
  for await (const line of lines) if (line === "--") break;
  follow(lines);
}
