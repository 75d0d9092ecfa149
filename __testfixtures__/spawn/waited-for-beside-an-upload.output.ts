import { spawn } from "node:child_process";
import { once } from "node:events";
import { ResourceContext } from "resource-context";

export async function backUp(uploaded: Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const child = ctx.process(spawn("pg_dump", ["--file", "app.sql", "app"]));
  await Promise.all([uploaded, once(child, "close")]);
}
