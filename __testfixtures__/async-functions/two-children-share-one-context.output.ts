import { spawn } from "node:child_process";
import { once } from "node:events";
import { ResourceContext } from "resource-context";

export async function compare(left: string, right: string, load: () => Promise<string>): Promise<void> {
  await using ctx = new ResourceContext();
  const one = ctx.process(spawn("sha256sum", [left]));
  const other = ctx.process(spawn("sha256sum", [right]));
  console.log(await load());
  await once(one, "close");
  await once(other, "close");
}
