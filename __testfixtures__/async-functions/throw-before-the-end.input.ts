import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";

export async function importDump(path: string): Promise<void> {
  const client = spawn("psql", ["--quiet"]);
  client.stdin.end(await readFile(path));
  await once(client, "close");
}
