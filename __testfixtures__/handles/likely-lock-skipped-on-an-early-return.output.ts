import { lock } from "proper-lockfile";
import { ResourceContext } from "resource-context";

export async function upload(file: string, send: () => Promise<number>): Promise<boolean> {
  await using ctx = new ResourceContext();
  const unlock = ctx.adopt(await lock(file, { retries: 3 }), (release) => release());
  const status = await send();
  if (status !== 200) return false;
  await ctx.disown(unlock)();
  return true;
}
