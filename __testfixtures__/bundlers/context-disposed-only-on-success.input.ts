import { context } from "esbuild";

export async function rebuildOnce(entry: string, changed: () => Promise<void>): Promise<void> {
  const build = await context({ entryPoints: [entry] });
  await build.rebuild();
  await changed();
  await build.rebuild();
  await build.dispose();
}
