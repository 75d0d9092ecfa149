import { lock } from "proper-lockfile";
import { ResourceContext } from "resource-context";

export async function compact(files: readonly string[], shrink: (file: string) => Promise<void>): Promise<void> {
  for (const file of files) {
    await using ctx = new ResourceContext();
    const release = ctx.adopt(await lock(file), (release) => release());
    await shrink(file);
    await ctx.disown(release)();
  }
}
