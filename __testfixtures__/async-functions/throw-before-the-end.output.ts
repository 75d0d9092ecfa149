import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { ResourceContext } from "resource-context";

export async function importDump(path: string): Promise<void> {
  await using ctx = new ResourceContext();
  const client = ctx.process(spawn("psql", ["--quiet"]));
  client.stdin.end(await readFile(path));
  await once(client, "close");
}
