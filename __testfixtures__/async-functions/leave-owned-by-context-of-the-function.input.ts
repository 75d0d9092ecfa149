import { spawn } from "node:child_process";
import { once } from "node:events";
import { ResourceContext } from "resource-context";

export async function importDump(dump: string, prepare: () => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const client = ctx.process(spawn("psql", ["--file", dump]));
  await prepare();
  await once(client, "close");
}
