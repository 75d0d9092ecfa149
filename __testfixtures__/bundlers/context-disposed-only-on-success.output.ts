import { context } from "esbuild";
import { ResourceContext } from "resource-context";

export async function rebuildOnce(entry: string, changed: () => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const build = ctx.adopt(await context({ entryPoints: [entry] }), (context) => context.dispose());
  await build.rebuild();
  await changed();
  await build.rebuild();
  await build.dispose();
}
