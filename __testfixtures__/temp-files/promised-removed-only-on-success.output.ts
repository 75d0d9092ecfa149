import { dir, file } from "tmp-promise";
import { ResourceContext } from "resource-context";

export async function unpack(run: (text: string) => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const folder = ctx.adopt(await dir(), (handle) => handle.cleanup());
  const log = ctx.adopt(await file(), (handle) => handle.cleanup());
  await run("check");
  await ctx.disown(log).cleanup();
  await ctx.disown(folder).cleanup();
}
