import { lock } from "proper-lockfile";
import { ResourceContext } from "resource-context";

export async function acquire(file: string, check: () => Promise<void>): Promise<() => Promise<void>> {
  await using ctx = new ResourceContext();
  const release = ctx.adopt(await lock(file), (release) => release());
  await check();
  return ctx.disown(release);
}
