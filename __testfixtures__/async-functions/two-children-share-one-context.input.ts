import { spawn } from "node:child_process";
import { once } from "node:events";

export async function compare(left: string, right: string, load: () => Promise<string>): Promise<void> {
  const one = spawn("sha256sum", [left]);
  const other = spawn("sha256sum", [right]);
  console.log(await load());
  await once(one, "close");
  await once(other, "close");
}
