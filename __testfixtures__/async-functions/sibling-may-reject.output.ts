import { spawn } from "node:child_process";
import { once } from "node:events";
import { ResourceContext } from "resource-context";

export async function mirror(url: string, record: () => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const wget = ctx.process(spawn("wget", ["--mirror", url]));
  await Promise.all([record(), once(wget, "close")]);
}
