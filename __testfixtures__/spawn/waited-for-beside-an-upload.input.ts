import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";

export async function backUp(upload: (dump: Readable) => Promise<void>): Promise<void> {
  const child = spawn("pg_dump", ["app"]);
  await Promise.all([upload(child.stdout), once(child, "close")]);
}
