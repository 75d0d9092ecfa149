import { spawn } from "node:child_process";
import { once } from "node:events";
import { ResourceContext } from "resource-context";
import type { Readable } from "node:stream";

export async function backUp(upload: (dump: Readable) => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const child = ctx.process(spawn("pg_dump", ["app"]));
  await Promise.all([upload(child.stdout), once(child, "close")]);
}
