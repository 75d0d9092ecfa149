import { context } from "esbuild";
import { ResourceContext } from "resource-context";
import { createServer, preview } from "vite";

export async function smoke(root: string, visit: (urls: object) => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const builds = ctx.adopt(await context({ entryPoints: [root] }), (context) => context.dispose());
  await builds.watch();
  const server = ctx.adopt(await createServer({ root }), (server) => server.close());
  await server.listen(4173);
  const built = ctx.adopt(await preview({ root }), (handle) => handle.close());
  await visit(built.resolvedUrls);
  await ctx.disown(built).close();
  await server.close();
  await builds.dispose();
}
