import lockfile, { lockSync } from "proper-lockfile";
import { ResourceContext } from "resource-context";

export async function append(file: string, write: () => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const release = ctx.adopt(await lockfile.lock(file), (release) => release());
  await write();
  await ctx.disown(release)();
}

export async function rotate(file: string, move: () => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const release = ctx.adopt(lockSync(file), (release) => release());
  await move();
  ctx.disown(release)();
}
